import type { Agent, Dispatcher } from 'undici';

type Undici = typeof import('undici');
type RequestOptions = Omit<NonNullable<Parameters<Undici['request']>[1]>, 'dispatcher'>;

/** Kept-alive connections. The HTTP library is loaded with the first call: whoever only verifies files makes none. */
export class Connections {
  readonly #options: Agent.Options;
  #agent: Agent | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: Agent.Options) {
    this.#options = options;
  }

  /** Throws the errors of undici, each with its `code`, and an error of its own after `close`. */
  async request(url: string | URL, options: RequestOptions): Promise<Dispatcher.ResponseData<unknown>> {
    const undici = await import('undici');
    if (this.#closing) throw new Error('the connections are closed');
    this.#agent ??= new undici.Agent(this.#options);
    return undici.request(url, { ...options, dispatcher: this.#agent });
  }

  /** Waits for the calls that are running. May be called more than once. */
  close(): Promise<void> {
    this.#closing ??= this.#agent?.close() ?? Promise.resolve();
    return this.#closing;
  }
}

/** What went wrong with a call, as undici names it; undefined for anything else. */
export function connectionErrorCode(error: unknown): string | undefined {
  const isNamed = error instanceof Error && 'code' in error && typeof error.code === 'string';
  return isNamed ? String(error.code) : undefined;
}
