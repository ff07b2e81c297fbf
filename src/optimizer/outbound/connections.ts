import type { Agent, buildConnector, Dispatcher } from 'undici';
import { connectorFor } from './connector.ts';

type Undici = typeof import('undici');
type RequestOptions = Omit<NonNullable<Parameters<Undici['request']>[1]>, 'dispatcher'>;

export type ConnectionsOptions = Omit<Agent.Options, 'connect'> & {
  readonly connect?: buildConnector.BuildOptions;
};

/** Kept-alive connections, through the proxies of the environment or the system where there are any. The HTTP library is loaded with the first call: anyone who only verifies files makes none. */
export class Connections {
  readonly #options: ConnectionsOptions;
  readonly #isTrusted: (hostname: string) => boolean;
  #agent: Agent | undefined;
  #closing: Promise<void> | undefined;

  /**
   * @param options `connect` as options, not as a function
   * @param isTrusted hosts that the operator named, where the others are judged by a `lookup`
   */
  constructor(options: ConnectionsOptions, isTrusted: (hostname: string) => boolean = () => false) {
    this.#options = options;
    this.#isTrusted = isTrusted;
  }

  /** @throws the errors of undici, each with its `code`, and an error of its own after `close`. */
  async request(url: string | URL, options: RequestOptions): Promise<Dispatcher.ResponseData<unknown>> {
    const undici = await import('undici');
    if (this.#closing) throw new Error('the connections are closed');
    this.#agent ??= this.#agentOf(undici);
    return undici.request(url, { ...options, dispatcher: this.#agent });
  }

  #agentOf({ Agent, buildConnector }: Undici): Agent {
    const { connect = {}, ...options } = this.#options;
    return new Agent({
      ...options,
      connect: connectorFor(buildConnector(connect), connect, this.#isTrusted),
    });
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
