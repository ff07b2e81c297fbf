import { preventable } from '../host/provided.ts';
import type { Schemes } from '../host/schemes.ts';
import type { Session } from '../host/session.ts';
import type { Connection } from './connection.ts';
import type { PausedRequest } from './protocol.ts';

export interface RequestOwner {
  readonly session: Session;
  /** Navigation of the main frame that the page began itself. */
  announceNavigation(event: ReturnType<typeof preventable>): void;
  /** True once for each navigation that the main process asked for. */
  takeExpectedNavigation(url: string): boolean;
  readonly mainFrameId: string;
}

/** Answers every request of one window, as Electron would: navigation, webRequest, then the scheme's handler. */
export class RequestInterceptor {
  readonly #connection: Connection;
  readonly #schemes: Schemes;
  readonly #owner: RequestOwner;

  constructor(connection: Connection, schemes: Schemes, owner: RequestOwner) {
    this.#connection = connection;
    this.#schemes = schemes;
    this.#owner = owner;
  }

  async attach(sessionId: string): Promise<void> {
    this.#connection.on('Fetch.requestPaused', (paused) => void this.#answer(paused, sessionId), sessionId);
    await this.#connection.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }, sessionId);
  }

  async #answer(paused: PausedRequest, sessionId: string): Promise<void> {
    const { requestId } = paused;
    const url = this.#schemes.toApplication(paused.request.url);
    const fail = (errorReason: string) =>
      this.#connection.send('Fetch.failRequest', { requestId, errorReason }, sessionId);
    try {
      if (this.#isRefusedNavigation(paused, url)) return void (await fail('Aborted'));
      if (await this.#owner.session.isCancelled(url)) return void (await fail('BlockedByClient'));
      const handler = this.#owner.session.handlerOf(url.split(':', 1)[0] ?? '');
      if (!handler)
        return void (await this.#connection.send('Fetch.continueRequest', { requestId }, sessionId));
      const { method, headers } = paused.request;
      await this.#fulfil(requestId, await handler(new Request(url, { method, headers })), sessionId);
    } catch (error) {
      // The page may be gone while its request was being answered.
      await fail('Failed').catch(() => undefined);
      if (
        !String(error).includes('Invalid InterceptionId') &&
        !String(error).includes('Session with given id')
      ) {
        process.stderr.write(`stand-in: ${url}: ${String(error)}\n`);
      }
    }
  }

  #isRefusedNavigation(paused: PausedRequest, url: string): boolean {
    const isMainFrame = paused.resourceType === 'Document' && paused.frameId === this.#owner.mainFrameId;
    if (!isMainFrame || this.#owner.takeExpectedNavigation(url)) return false;
    const event = preventable({ url });
    this.#owner.announceNavigation(event);
    return event.prevented;
  }

  async #fulfil(requestId: string, response: Response, sessionId: string): Promise<void> {
    const responseHeaders = [...response.headers].map(([name, value]) => ({ name, value }));
    const body = Buffer.from(await response.arrayBuffer()).toString('base64');
    const params = { requestId, responseCode: response.status, responseHeaders, body };
    await this.#connection.send('Fetch.fulfillRequest', params, sessionId);
  }
}
