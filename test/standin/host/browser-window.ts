import type { BrowserWindowConstructorOptions } from 'electron';
import type { Browser } from '../chromium/browser.ts';
import type { FileWish } from '../chromium/picked-files.ts';
import type { App } from './app.ts';
import type { IpcMain } from './ipc-main.ts';
import { PageTarget } from './page-target.ts';
import { ListedEmitter, onlyProvided, preventable } from './provided.ts';
import type { Schemes } from './schemes.ts';
import type { createSessions } from './session.ts';
import { screen } from './surroundings.ts';
import { guardedContents, type WebContents } from './web-contents.ts';

export interface WindowWorld {
  readonly app: App;
  readonly ipcMain: IpcMain;
  readonly schemes: Schemes;
  readonly sessions: ReturnType<typeof createSessions>;
  /** Windows that a person sees. */
  readonly isVisible: boolean;
  browser(): Browser;
}

/** What the station must ask of every window; a window without it would not be a faithful test. */
const REQUIRED = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webSecurity: true,
} as const;

/** electron.BrowserWindow over Chromium targets. */
export function createBrowserWindow(world: WindowWorld) {
  const windows = new Map<number, BrowserWindow>();
  let lastId = 0;

  class BrowserWindow extends ListedEmitter {
    readonly id = ++lastId;
    readonly webContents: WebContents;
    readonly #page: PageTarget;
    readonly #options: BrowserWindowConstructorOptions;
    #shown = false;

    constructor(options: BrowserWindowConstructorOptions = {}) {
      super('BrowserWindow');
      this.#options = options;
      const session = world.sessions.fromPartition(requirePartition(options));
      this.#page = new PageTarget(
        world.browser(),
        world.schemes,
        {
          title: options.title ?? world.app.name,
          bounds: this.getBounds(),
          fullscreen: options.fullscreen === true,
          preload: options.webPreferences?.preload,
          session,
        },
        this.#events(),
      );
      this.webContents = guardedContents(this.id, session, this.#page);
      if (world.isVisible) void this.#page.displays().then((displays) => screen.learn(displays));
      const guarded = onlyProvided('BrowserWindow', this);
      windows.set(this.id, guarded);
      world.app.emit('browser-window-created', {}, guarded);
      world.app.emit('web-contents-created', {}, this.webContents);
      // biome-ignore lint/correctness/noConstructorReturn: the guard has to be what `new` answers
      return guarded;
    }

    static getAllWindows(): BrowserWindow[] {
      return [...windows.values()];
    }

    static fromWebContents(contents: { id: number }): BrowserWindow | null {
      return windows.get(contents.id) ?? null;
    }

    static fromTarget(targetId: string): BrowserWindow | undefined {
      return [...windows.values()].find((window) => window.targetId === targetId);
    }

    get targetId(): string {
      return this.#page.targetId;
    }

    loadURL(url: string): Promise<void> {
      return this.#page.load(url);
    }

    show(): void {
      this.#shown = true;
      this.focus();
    }

    focus(): void {
      this.#page.focus();
    }

    isVisible(): boolean {
      return this.#shown && !this.isDestroyed();
    }

    isDestroyed(): boolean {
      return this.#page.isGone();
    }

    isMinimized(): boolean {
      return false;
    }

    getTitle(): string {
      return this.#options.title ?? world.app.name;
    }

    getBounds(): { x?: number; y?: number; width: number; height: number } {
      const { x, y, width = 800, height = 600 } = this.#options;
      return { width, height, ...(x !== undefined && y !== undefined && { x, y }) };
    }

    /** For the dialogs of the stand-in: the browser's own, over this window. */
    chooseFiles(wish: FileWish): Promise<string[] | undefined> {
      return this.#page.chooseFiles(wish);
    }
    /** A path that the person types, because a browser shows no dialog for it. */
    async askForPath(question: string, suggested: string): Promise<string | undefined> {
      const expression = `prompt(${JSON.stringify(question)}, ${JSON.stringify(suggested)})`;
      const typed = await this.#page.evaluate(expression);
      return typeof typed === 'string' && typed !== '' ? typed : undefined;
    }

    close(): void {
      const event = preventable();
      this.emit('close', event);
      if (!event.prevented) this.destroy();
    }

    destroy(): void {
      void this.#page.close();
    }

    /** Chromium closed the target, by our wish or by itself. */
    becomeGone(): void {
      if (this.isDestroyed()) return;
      this.#page.markGone();
      windows.delete(this.id);
      this.emit('closed');
      if (windows.size === 0 && !world.app.emit('window-all-closed')) world.app.quit();
    }

    // The look of a window's frame: Chromium has the say.
    restore(): void {}
    removeMenu(): void {}
    setAlwaysOnTop(_flag: boolean, _level?: string): void {}
    setContentProtection(_enabled: boolean): void {}
    setKiosk(_enabled: boolean): void {}

    #events() {
      return {
        navigationWished: (event: ReturnType<typeof preventable>) =>
          this.webContents.emit('will-navigate', event),
        windowWished: (url: string) => this.webContents.judgeWindowOpen(url),
        navigated: (url: string) => this.webContents.emit('did-navigate', {}, url),
        domReady: () => this.webContents.emit('dom-ready'),
        loaded: () => {
          this.webContents.emit('did-finish-load');
          if (!this.#shown) this.emit('ready-to-show');
        },
        crashed: () => this.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }),
        invoked: (channel: string, values: string) =>
          world.ipcMain.response(channel, values, {
            sender: this.webContents,
            senderFrame: this.webContents.mainFrame,
          }),
      };
    }
  }
  return BrowserWindow;
}

function requirePartition({ webPreferences = {} }: BrowserWindowConstructorOptions): string {
  for (const [name, value] of Object.entries(REQUIRED)) {
    if (webPreferences[name as keyof typeof REQUIRED] !== value) {
      throw new Error(`a window without ${name}: ${value} is not provided by the stand-in`);
    }
  }
  if (!webPreferences.partition)
    throw new Error('a window in the default session is not provided by the stand-in');
  return webPreferences.partition;
}
