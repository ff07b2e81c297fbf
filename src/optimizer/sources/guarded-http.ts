/** HTTP to addresses that others name: no redirect, no machine of this network, bounded in size and time. */
import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { OssError } from '../../contract/errors.ts';
import { Connections, connectionErrorCode } from '../remote/connections.ts';

export interface GuardedHttpOptions {
  /** Hosts that the administrator named: these may have any address. */
  readonly trustedHosts?: readonly string[];
  /** Whether this machine may be asked: only where the pinned anchor is that of a sandbox. */
  readonly allowLoopback: boolean;
  /** Milliseconds for a whole answer. */
  readonly timeout?: number;
}

export interface GuardedCall {
  readonly url: string;
  /** Sent with POST; without it the call is a GET. */
  readonly body?: { readonly type: string; readonly bytes: Uint8Array };
  readonly maxBytes: number;
}

const TIMEOUT_MS = 10_000;
/** As undici names them. */
const TIMEOUTS = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT'];

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

/** Addresses inside an organisation or a machine (RFC 6890): nobody outside may point us at them. */
const INTERNAL = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
] as const)
  INTERNAL.addSubnet(network, prefix);
for (const [network, prefix] of [
  ['::', 128],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  INTERNAL.addSubnet(network, prefix, 'ipv6');

export class GuardedHttp {
  readonly #options: GuardedHttpOptions;
  readonly #connections: Connections;

  constructor(options: GuardedHttpOptions) {
    const timeout = options.timeout ?? TIMEOUT_MS;
    this.#options = options;
    // The address that was checked is the address that is used: the name is not resolved a second time.
    this.#connections = new Connections({
      connect: { lookup: this.#lookup, timeout },
      headersTimeout: timeout,
      bodyTimeout: timeout,
    });
  }

  /** @throws OssError OSS_SOURCE_FAILED naming the reason; answers other than 200 among them */
  async call({ url, body, maxBytes }: GuardedCall): Promise<Uint8Array> {
    this.#requireAdmissible(url);
    try {
      const response = await this.#connections.request(url, {
        method: body ? 'POST' : 'GET',
        signal: AbortSignal.timeout(this.#options.timeout ?? TIMEOUT_MS),
        ...(body ? { headers: { 'content-type': body.type }, body: body.bytes } : {}),
      });
      if (response.statusCode !== 200) {
        await response.body.dump({ limit: maxBytes });
        throw failed(`HTTP status ${response.statusCode}`);
      }
      return await collect(response.body, maxBytes);
    } catch (error) {
      if (error instanceof OssError) throw error;
      throw failed(describe(error), error);
    }
  }

  close(): Promise<void> {
    return this.#connections.close();
  }

  #requireAdmissible(address: string): void {
    const { protocol, hostname } = parseUrl(address);
    if (protocol !== 'http:' && protocol !== 'https:') throw failed('neither http nor https');
    const literal = hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) !== 0 && !this.#mayConnect(hostname, literal))
      throw failed('an address that may not be asked');
  }

  #mayConnect(hostname: string, address: string): boolean {
    if (this.#options.trustedHosts?.includes(hostname)) return true;
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (LOOPBACK.check(address, family)) return this.#options.allowLoopback;
    return !INTERNAL.check(address, family);
  }

  readonly #lookup: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '');
      const addresses = found.filter(({ address }) => this.#mayConnect(hostname, address));
      const [first] = addresses;
      if (!first) return callback(failed('an address that may not be asked'), '');
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function parseUrl(address: string): URL {
  try {
    return new URL(address);
  } catch (cause) {
    throw failed('not an address', cause);
  }
}

async function collect(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) throw failed(`an answer of more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function describe(error: unknown): string {
  const isTimeout =
    TIMEOUTS.includes(connectionErrorCode(error) ?? '') ||
    (error instanceof DOMException && error.name === 'TimeoutError');
  return isTimeout ? 'no answer in time' : 'no connection';
}

const failed = (reason: string, cause?: unknown): OssError =>
  new OssError('OSS_SOURCE_FAILED', { reason }, { cause });
