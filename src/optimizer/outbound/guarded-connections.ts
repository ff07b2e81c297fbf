import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { classOfAddress } from './address-class.ts';
import { Connections } from './connections.ts';

export interface GuardOptions {
  /** Hosts that the operator named: these may have any address. */
  readonly trustedHosts?: readonly string[];
  /** Whether this machine may be asked without being named. */
  readonly allowLoopback: boolean;
  /** Milliseconds for a whole response. */
  readonly timeout: number;
  /** Resolves names; by default the system does. */
  readonly lookup?: typeof systemLookup;
}

/** Why an address was not called. */
export class NotAdmissible extends Error {}

/** Share of the time of a call. */
const CONNECTING = 0.8;

type RequestOptions = Parameters<Connections['request']>[1];

/**
 * Connections to addresses that others name: HTTP(S) alone, no redirect, and no machine of this network. A name is
 * resolved once, each address of the response is judged, and the connection goes to one that was.
 */
export class GuardedConnections {
  readonly #trusted: ReadonlySet<string>;
  readonly #options: GuardOptions;
  readonly #connections: Connections;
  readonly #ending = new AbortController();

  constructor(options: GuardOptions, agent: ConstructorParameters<typeof Connections>[0] = {}) {
    const { timeout, trustedHosts = [] } = options;
    this.#options = options;
    this.#trusted = new Set(trustedHosts.map(hostKey));
    this.#connections = new Connections(
      {
        ...agent,
        // Before the whole call is over, so that it is known what did not answer.
        connect: { lookup: this.#lookup, timeout: CONNECTING * timeout },
        headersTimeout: timeout,
        bodyTimeout: timeout,
      },
      (hostname) => this.#trusted.has(hostKey(hostname)),
    );
  }

  /**
   * Ends after the time for a whole response, whatever trickles in.
   * @throws NotAdmissible; the errors of undici; DOMException `TimeoutError`
   */
  request(address: string, options: RequestOptions): ReturnType<Connections['request']> {
    const url = admissibleUrl(address, this.#options, this.#trusted);
    return this.#connections.request(url, {
      ...options,
      signal: AbortSignal.any([AbortSignal.timeout(this.#options.timeout), this.#ending.signal]),
    });
  }

  /** Waits for the calls that are running. */
  close(): Promise<void> {
    return this.#connections.close();
  }

  /** Breaks off the calls that are running. */
  async end(): Promise<void> {
    this.#ending.abort();
    await this.close();
  }

  readonly #lookup: LookupFunction = (hostname, options, callback) => {
    const { lookup = systemLookup } = this.#options;
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '');
      const addresses = found.filter(({ address }) =>
        mayConnect(hostname, address, this.#options, this.#trusted),
      );
      const [first] = addresses;
      if (!first) return callback(new NotAdmissible('an address that may not be asked'), '');
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/**
 * Whether an address could be called, as far as that can be said before its name is resolved.
 * @throws NotAdmissible
 */
export function assertAdmissible(address: string, options: Omit<GuardOptions, 'timeout'>): void {
  admissibleUrl(address, options, new Set((options.trustedHosts ?? []).map(hostKey)));
}

/** Parsed as WHATWG URL: octal, hexadecimal, short and full-width spellings of IPv4 are plain addresses then. */
function admissibleUrl(
  address: string,
  options: Omit<GuardOptions, 'timeout'>,
  trusted: ReadonlySet<string>,
): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url) throw new NotAdmissible('not an address');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new NotAdmissible('neither http nor https');
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  const isNamedLoopback = /(^|\.)localhost\.?$/.test(url.hostname);
  const isRefused =
    isIP(literal) === 0
      ? isNamedLoopback && !options.allowLoopback && !trusted.has(hostKey(url.hostname))
      : !mayConnect(url.hostname, literal, options, trusted);
  if (isRefused) throw new NotAdmissible('an address that may not be asked');
  return url;
}

function mayConnect(
  hostname: string,
  address: string,
  { allowLoopback }: Pick<GuardOptions, 'allowLoopback'>,
  trusted: ReadonlySet<string>,
): boolean {
  if (trusted.has(hostKey(hostname))) return true;
  const known = classOfAddress(address);
  return known === 'public' || (known === 'loopback' && allowLoopback);
}

/** One spelling of a host: lower case, addresses in their usual form, no brackets, no dot at the end. */
export function hostKey(host: string): string {
  const bare = host.replace(/^\[|\]$/g, '');
  const written = isIP(bare) === 6 ? `http://[${bare}]` : `http://${bare}`;
  const hostname = URL.canParse(written) ? new URL(written).hostname : bare.toLowerCase();
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}
