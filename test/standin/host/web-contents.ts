import { encode } from '../wire.ts';
import { ListedEmitter, onlyProvided } from './provided.ts';
import type { Session } from './session.ts';

/** What the page's side of a window does for its contents. */
export interface Page {
  evaluate(code: string): Promise<unknown>;
  screenshot(): Promise<Buffer>;
  deliver(message: object): void;
  isGone(): boolean;
  url(): string;
}

type WindowOpenHandler = (details: { url: string }) => { action: 'deny' | 'allow' };

/** electron.webContents: the page of one window. */
export class WebContents extends ListedEmitter {
  readonly id: number;
  readonly session: Session;
  readonly mainFrame: object;
  readonly #page: Page;
  #mayOpen: WindowOpenHandler = () => ({ action: 'allow' });

  constructor(id: number, session: Session, page: Page) {
    super('webContents');
    this.id = id;
    this.session = session;
    this.#page = page;
    this.mainFrame = Object.defineProperty({ parent: null }, 'url', {
      get: () => page.url(),
      enumerable: true,
    });
  }

  getURL(): string {
    return this.#page.url();
  }

  isDestroyed(): boolean {
    return this.#page.isGone();
  }

  send(channel: string, ...values: unknown[]): void {
    this.#page.deliver({ kind: 'event', channel, values: encode(values) });
  }

  executeJavaScript(code: string): Promise<unknown> {
    return this.#page.evaluate(code);
  }

  async capturePage(): Promise<{ toPNG(): Buffer }> {
    const png = await this.#page.screenshot();
    return { toPNG: () => png };
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#mayOpen = handler;
  }

  /** A page asked for a window. Allowing it is not provided. */
  judgeWindowOpen(url: string): void {
    if (this.#mayOpen({ url }).action === 'allow') {
      throw new Error('a window opened by a page is not provided by the stand-in');
    }
  }
}

export const guardedContents = (id: number, session: Session, page: Page): WebContents =>
  onlyProvided('webContents', new WebContents(id, session, page));
