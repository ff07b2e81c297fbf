import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Connection } from './connection.ts';
import { addressOfOwn, joinChromium } from './joined.ts';
import {
  type Chromium,
  type ChromiumOptions,
  chromiumPath,
  OwnChromium,
  profileSwitches,
} from './process.ts';
import type { Commands, TargetInfo } from './protocol.ts';

export interface Bounds {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
}

export interface BrowserOptions extends ChromiumOptions {
  /** Address of a headless Chromium that runs already, in place of one of its own. */
  readonly running: string | undefined;
}

/** Playwright waits for this very line. */
const announce = (address: string) => void process.stderr.write(`DevTools listening on ${address}\n`);

/** The one Chromium of the stand-in: opens targets for windows and tells when they are gone. */
export class Browser {
  readonly #options: BrowserOptions;
  readonly #chromium: Chromium;
  readonly #contexts = new Map<object, Promise<{ browserContextId: string }>>();

  private constructor(options: BrowserOptions, chromium: Chromium) {
    this.#options = options;
    this.#chromium = chromium;
  }

  static async start(options: BrowserOptions, onExit: () => void): Promise<Browser> {
    const { running, headless, debuggingPort } = options;
    const isJoined = running !== undefined && headless;
    const chromium = isJoined ? await joinChromium(running) : new OwnChromium(options, announce);
    if (isJoined && debuggingPort !== undefined) announce(await addressOfOwn(running));
    const browser = new Browser(options, chromium);
    chromium.onceEnded(onExit);
    await browser.connection.send('Browser.getVersion', {});
    await browser.connection.send('Target.setDiscoverTargets', { discover: true });
    return browser;
  }

  get connection(): Connection {
    return this.#chromium.connection;
  }

  /** One context a session: what a page stores is gone with it. A visible window has the incognito profile. */
  async contextOf(session: object): Promise<{ browserContextId?: string }> {
    if (!this.#options.headless) return {};
    const known = this.#contexts.get(session);
    if (known) return known;
    const made = this.connection.send('Target.createBrowserContext', { disposeOnDetach: true });
    this.#contexts.set(session, made);
    return made;
  }

  async openTarget(session: object, title: string, bounds: Bounds): Promise<string> {
    const { width, height } = bounds;
    if (this.#options.headless) {
      const context = await this.contextOf(session);
      const target = { url: 'about:blank', newWindow: true, width, height, ...context };
      return (await this.connection.send('Target.createTarget', target)).targetId;
    }
    const targetId = await this.#openAppWindow(title, bounds);
    return targetId;
  }

  /** The displays as Chromium sees them; none where it does not tell. */
  async screens(sessionId: string): Promise<Required<Bounds>[]> {
    const { screenInfos } = await this.connection
      .send('Emulation.getScreenInfos', {}, sessionId)
      .catch(() => ({ screenInfos: [] }));
    return screenInfos.map(({ left, top, width, height }) => ({ x: left, y: top, width, height }));
  }

  /** A visible window goes where it was asked to go: over the whole display, or not beyond its edges. */
  async fit(targetId: string, sessionId: string, bounds: Bounds, fullscreen: boolean): Promise<void> {
    if (this.#options.headless) return;
    const { windowId } = await this.connection.send('Browser.getWindowForTarget', { targetId });
    const set = (wanted: Commands['Browser.setWindowBounds']['params']['bounds']) =>
      this.connection.send('Browser.setWindowBounds', { windowId, bounds: wanted });
    const { x, y = 0, width, height } = bounds;
    await set({ width, height, ...(x === undefined ? {} : { left: x, top: y }) });
    const [screen] = await this.screens(sessionId);
    const isTooLarge = screen !== undefined && (width > screen.width || height > screen.height);
    if (fullscreen) await set({ windowState: 'fullscreen' });
    else if (isTooLarge) await set({ windowState: 'maximized' });
  }

  stop(): Promise<void> {
    return this.#chromium.letGo();
  }

  /** A window without tabs and address bar exists only by the command line of the running browser. */
  #openAppWindow(title: string, { width, height }: Bounds): Promise<string> {
    const token = randomUUID();
    const page = `data:text/html,<title>${encodeURIComponent(title)}</title><!--${token}-->`;
    const found = new Promise<string>((resolve) => {
      const look = ({ targetInfo }: { targetInfo: TargetInfo }) => {
        if (targetInfo.type === 'page' && targetInfo.url.includes(token)) resolve(targetInfo.targetId);
      };
      this.connection.on('Target.targetCreated', look);
      this.connection.on('Target.targetInfoChanged', look);
    });
    const size = `--window-size=${width},${height}`;
    const switches = [...profileSwitches(this.#options), '--incognito', size, `--app=${page}`];
    spawn(chromiumPath(), switches, { stdio: 'ignore' });
    return found;
  }
}
