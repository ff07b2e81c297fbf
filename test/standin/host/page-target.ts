import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bounds, Browser } from '../chromium/browser.ts';
import { applyPermissions } from '../chromium/permissions.ts';
import { type FileWish, PickedFiles } from '../chromium/picked-files.ts';
import type { Commands } from '../chromium/protocol.ts';
import { RequestInterceptor } from '../chromium/requests.ts';
import type { preventable } from './provided.ts';
import type { Schemes } from './schemes.ts';
import type { Session } from './session.ts';
import type { Display } from './surroundings.ts';
import type { Page } from './web-contents.ts';

const ISOLATED_WORLD = 'Electron Isolated Context';

export interface PageOptions {
  readonly title: string;
  readonly bounds: Bounds;
  readonly fullscreen: boolean;
  readonly preload: string | undefined;
  readonly session: Session;
}

export interface PageEvents {
  navigationWished(event: ReturnType<typeof preventable>): void;
  windowWished(url: string): void;
  navigated(url: string): void;
  domReady(): void;
  loaded(): void;
  crashed(): void;
  /** A call from the preload. */
  invoked(channel: string, values: string): Promise<{ ok: boolean; value: string }>;
}

type FromPage =
  | { kind: 'invoke'; id: number; channel: string; values: string }
  | { kind: 'windowOpen'; url: string };

/** The Chromium target behind one window: its worlds, its messages, its requests. */
export class PageTarget implements Page {
  readonly #browser: Browser;
  readonly #schemes: Schemes;
  readonly #options: PageOptions;
  readonly #events: PageEvents;
  readonly #opened: Promise<{ targetId: string; sessionId: string }>;
  readonly #expected = new Set<string>();
  /** Callers of `load` that wait for the page. */
  readonly #waiting: (() => void)[] = [];
  #isolatedWorld = 0;
  #url = '';
  #gone = false;
  targetId = '';

  constructor(browser: Browser, schemes: Schemes, options: PageOptions, events: PageEvents) {
    this.#browser = browser;
    this.#schemes = schemes;
    this.#options = options;
    this.#events = events;
    this.#opened = this.#open();
  }

  url(): string {
    return this.#url;
  }

  isGone(): boolean {
    return this.#gone;
  }

  markGone(): void {
    this.#gone = true;
  }

  async load(url: string): Promise<void> {
    const address = this.#schemes.toChromium(url);
    await applyPermissions(this.#browser, this.#options.session, new URL(address).origin);
    this.#expected.add(url);
    const loaded = new Promise<void>((settle) => this.#waiting.push(settle));
    const { errorText } = await this.#send('Page.navigate', { url: address });
    if (errorText !== undefined) throw new Error(`${errorText} loading '${url}'`);
    await loaded;
  }

  async evaluate(expression: string): Promise<unknown> {
    const how = { awaitPromise: true, returnByValue: true, userGesture: true };
    const { result, exceptionDetails } = await this.#send('Runtime.evaluate', { expression, ...how });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from((await this.#send('Page.captureScreenshot', {})).data, 'base64');
  }

  async printToPdf(): Promise<Buffer> {
    const { data } = await this.#send('Page.printToPDF', { printBackground: true, preferCSSPageSize: true });
    return Buffer.from(data, 'base64');
  }

  deliver(message: object): void {
    if (this.#gone || this.#isolatedWorld === 0) return;
    const params = {
      executionContextId: this.#isolatedWorld,
      functionDeclaration: 'text => standinReceive(text)',
      arguments: [{ value: JSON.stringify(message) }],
    };
    this.#send('Runtime.callFunctionOn', params).catch(() => undefined); // the page may be going away
  }

  crash(): void {
    this.#send('Page.crash', {}).catch(() => undefined); // nobody is left to answer
  }

  /** The displays as Chromium sees them; none where it does not tell. */
  async displays(): Promise<Display[]> {
    const { sessionId } = await this.#opened;
    return (await this.#browser.screens(sessionId)).map((bounds, id) => ({ id, bounds }));
  }

  /** @returns undefined where the person closed the dialog */
  async chooseFiles(wish: FileWish): Promise<string[] | undefined> {
    return (await this.#files()).choose(this.#isolatedWorld, wish);
  }

  async #files(): Promise<PickedFiles> {
    const { sessionId } = await this.#opened;
    return new PickedFiles(this.#browser.connection, sessionId);
  }

  focus(): void {
    this.#send('Page.bringToFront', {}).catch(() => undefined);
  }

  async close(): Promise<void> {
    const { targetId } = await this.#opened;
    await this.#browser.connection.send('Target.closeTarget', { targetId }).catch(() => undefined);
  }

  async #send<C extends keyof Commands>(
    method: C,
    params: Commands[C]['params'],
  ): Promise<Commands[C]['result']> {
    const { sessionId } = await this.#opened;
    return this.#browser.connection.send(method, params, sessionId);
  }

  async #open(): Promise<{ targetId: string; sessionId: string }> {
    const { connection } = this.#browser;
    const { session, title, bounds, fullscreen } = this.#options;
    const targetId = await this.#browser.openTarget(session, title, bounds);
    this.targetId = targetId;
    const { sessionId } = await connection.send('Target.attachToTarget', { targetId, flatten: true });
    await this.#browser.fit(targetId, sessionId, bounds, fullscreen);
    const binding = `standin${randomBytes(8).toString('hex')}`;
    this.#listen(sessionId, binding);
    await Promise.all([
      connection.send('Page.enable', {}, sessionId),
      connection.send('Inspector.enable', {}, sessionId),
      connection.send('Runtime.enable', {}, sessionId),
      connection.send(
        'Runtime.addBinding',
        { name: binding, executionContextName: ISOLATED_WORLD },
        sessionId,
      ),
      this.#interceptor().attach(sessionId),
      connection.send(
        'Target.setAutoAttach',
        { autoAttach: true, waitForDebuggerOnStart: true, flatten: true },
        sessionId,
      ),
      ...this.#scripts(binding).map((script) =>
        connection.send('Page.addScriptToEvaluateOnNewDocument', script, sessionId),
      ),
    ]);
    return { targetId, sessionId };
  }

  #interceptor(): RequestInterceptor {
    const target = this;
    return new RequestInterceptor(this.#browser.connection, this.#schemes, {
      session: this.#options.session,
      get mainFrameId() {
        return target.targetId;
      },
      announceNavigation: (event) => this.#events.navigationWished(event),
      takeExpectedNavigation: (url) => this.#expected.delete(url),
    });
  }

  /** Run in this order in every new document: the isolated world listens, the page's answers, the preload runs. */
  #scripts(binding: string): Commands['Page.addScriptToEvaluateOnNewDocument']['params'][] {
    const secret = `standin-${randomUUID()}`;
    const environment = { secret, binding, dropDirectory: process.env.STANDIN_DROP_DIRECTORY ?? '' };
    const script = (name: string) => readFileSync(join(import.meta.dirname, `${name}.js`), 'utf8');
    const preload = this.#options.preload === undefined ? '' : readFileSync(this.#options.preload, 'utf8');
    return [
      {
        worldName: ISOLATED_WORLD,
        source: `{const STANDIN_ENVIRONMENT=${JSON.stringify(environment)};${script('isolated-world')}}`,
      },
      { source: `{const STANDIN_SECRET=${JSON.stringify(secret)};${script('main-world')}}` },
      {
        worldName: ISOLATED_WORLD,
        source: `if(globalThis.standinPreload){const {require,process}=globalThis.standinPreload;delete globalThis.standinPreload;(function(require,process,module,exports){${preload}\n})(require,process,{exports:{}},{})}`,
      },
    ];
  }

  #listen(sessionId: string, binding: string): void {
    const { connection } = this.#browser;
    connection.on(
      'Runtime.executionContextCreated',
      ({ context }) => {
        if (context.name === ISOLATED_WORLD && context.auxData?.frameId === this.targetId) {
          this.#isolatedWorld = context.id;
        }
      },
      sessionId,
    );
    connection.on(
      'Runtime.bindingCalled',
      ({ name, payload, executionContextId }) => {
        if (name === binding && executionContextId === this.#isolatedWorld) {
          void this.#receive(JSON.parse(payload) as FromPage);
        }
      },
      sessionId,
    );
    connection.on('Target.attachedToTarget', (attached) => void this.#adopt(attached.sessionId), sessionId);
    connection.on('Page.frameNavigated', ({ frame }) => this.#navigated(frame), sessionId);
    connection.on('Page.domContentEventFired', () => this.#events.domReady(), sessionId);
    connection.on('Page.loadEventFired', () => this.#loaded(), sessionId);
    connection.on('Inspector.targetCrashed', () => this.#events.crashed(), sessionId);
  }

  #loaded(): void {
    if (this.#url === '') return;
    this.#events.loaded();
    for (const settle of this.#waiting.splice(0)) settle();
  }

  #navigated(frame: { parentId?: string; url: string }): void {
    if (frame.parentId !== undefined || /^(data|about):/.test(frame.url)) return;
    this.#url = this.#schemes.toApplication(frame.url);
    this.#events.navigated(this.#url);
  }

  /** Workers load through the same rules. */
  async #adopt(sessionId: string): Promise<void> {
    const { connection } = this.#browser;
    await this.#interceptor()
      .attach(sessionId)
      .catch(() => undefined); // not every kind of target has requests
    await connection.send('Runtime.runIfWaitingForDebugger', {}, sessionId).catch(() => undefined);
  }

  async #receive(message: FromPage): Promise<void> {
    if (message.kind === 'windowOpen') return this.#events.windowWished(message.url);
    const values = await (await this.#files()).withPaths(this.#isolatedWorld, message.values);
    const response = await this.#events.invoked(message.channel, values);
    this.deliver({ kind: 'answer', id: message.id, ...response });
  }
}
