import { OssError } from '../../contract/errors.ts';
import { connectionErrorCode } from './connections.ts';
import { GuardedConnections, type GuardOptions, NotAdmissible } from './guarded-connections.ts';
import { proxyFailureIn } from './proxy-failure.ts';

export type GuardedHttpOptions = Omit<GuardOptions, 'timeout'> & Partial<Pick<GuardOptions, 'timeout'>>;

export interface GuardedCall {
  readonly url: string;
  /** Sent with POST; without it the call is a GET. */
  readonly body?: { readonly type: string; readonly bytes: Uint8Array };
  readonly maxBytes: number;
}

const TIMEOUT_MS = 10_000;
/** As undici names them. */
const TIMEOUTS = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT'];

/** Fetches what certificates and files name: guarded, bounded in size and time. */
export class GuardedHttp {
  readonly #connections: GuardedConnections;

  constructor(options: GuardedHttpOptions) {
    this.#connections = new GuardedConnections({ timeout: TIMEOUT_MS, ...options });
  }

  /** @throws OssError OSS_SOURCE_FAILED naming the reason; answers other than 200 among them */
  async call({ url, body, maxBytes }: GuardedCall): Promise<Uint8Array> {
    try {
      const response = await this.#connections.request(url, {
        method: body ? 'POST' : 'GET',
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
  if (error instanceof NotAdmissible) return error.message;
  const proxy = proxyFailureIn(error);
  if (proxy) return proxy.message;
  const isTimeout =
    TIMEOUTS.includes(connectionErrorCode(error) ?? '') ||
    (error instanceof DOMException && error.name === 'TimeoutError');
  return isTimeout ? 'no answer in time' : 'no connection';
}

const failed = (reason: string, cause?: unknown): OssError =>
  new OssError('OSS_SOURCE_FAILED', { reason }, { cause });
