import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from '../wire.ts';
import { ListedEmitter, onlyProvided } from './provided.ts';
import type { Session } from './session.ts';

/** What the page's side of a window does for its contents. */
export interface Page {
  evaluate(code: string): Promise<unknown>;
  screenshot(): Promise<Buffer>;
  printToPdf(): Promise<Buffer>;
  deliver(message: object): void;
  isGone(): boolean;
  url(): string;
  crash(): void;
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

  forcefullyCrashRenderer(): void {
    this.#page.crash();
  }

  async capturePage(): Promise<{ toPNG(): Buffer }> {
    const png = await this.#page.screenshot();
    return { toPNG: () => png };
  }

  /**
   * No print dialog and no paper: STANDIN_PRINTER names the folder into which the pages go as Chromium would print
   * them. Without it there is no printer; the value `closed` stands for a person who closes the dialog.
   */
  print(_options: object, done: (success: boolean, reason: string) => void): void {
    const printer = process.env.STANDIN_PRINTER;
    if (printer === undefined) done(false, 'no printer');
    else if (printer === 'closed') done(false, 'Print job canceled');
    else {
      this.#page
        .printToPdf()
        .then((pdf) => putPaper(printer, pdf))
        .then(
          () => done(true, ''),
          (error: unknown) => done(false, String(error)),
        );
    }
  }

  async getPrintersAsync(): Promise<{ name: string }[]> {
    return process.env.STANDIN_PRINTER === undefined ? [] : [{ name: 'stand-in' }];
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

/** Whole at once: who finds it may read it. */
async function putPaper(printer: string, pdf: Buffer): Promise<void> {
  const name = `printed-${Date.now()}.pdf`;
  const unfinished = `${printer}-${name}`;
  await writeFile(unfinished, pdf);
  await rename(unfinished, join(printer, name));
}

export const guardedContents = (id: number, session: Session, page: Page): WebContents =>
  onlyProvided('webContents', new WebContents(id, session, page));
