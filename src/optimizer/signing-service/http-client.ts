import { setTimeout as pause } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { type ZodType, z } from 'zod';
import { backoff, isExhausted, type SteppedBackoff } from '../../base/backoff.ts';
import { OssError, toOssError } from '../../contract/errors.ts';
import { secondsFrom } from '../../contract/retry-after.ts';
import { errorResponseSchema, fromErrorResponse } from '../../contract/service-api/error-response.ts';
import { Connections, connectionErrorCode } from '../outbound/connections.ts';
import { proxyFailureIn } from '../outbound/proxy-failure.ts';
import type { OutboundCall, TlsOptions } from './port.ts';

export interface HttpClientOptions {
  readonly baseUrl: string;
  readonly tls?: TlsOptions;
  /** Milliseconds without a response before a call is given up. */
  readonly timeout?: number;
  readonly onCall?: (call: OutboundCall) => void;
  /** What a refusal of this provider means; by default it is read as our own service writes it. */
  readonly errorOf?: ErrorOfResponse;
}

/** @param wait seconds of its header Retry-After, which something between us and the service may have written; or 0 */
export type ErrorOfResponse = (status: number, answer: Uint8Array, wait: number, path: string) => OssError;

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the address of the service, or an address of its own. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, in place of a body. */
  readonly content?: { readonly type: string; readonly bytes: Uint8Array };
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HttpResponse {
  readonly status: number;
  readonly bytes: Uint8Array;
  /** Of its header Date. */
  readonly at: Date | undefined;
}

const MAX_RESPONSE_BYTES = 32 * 1024 * 1024;
const RETRY: SteppedBackoff = { stepsMs: [200, 1000] };
const MAX_WAIT_MS = 3000;

/** JSON over HTTP with mutual TLS, limits and the error shape of the service; nothing here knows the protocol. */
export class HttpClient {
  readonly #connections: Connections;
  readonly #options: HttpClientOptions;
  readonly #wholeMs: number;

  constructor(options: HttpClientOptions) {
    const timeout = options.timeout ?? 30_000;
    this.#options = options;
    this.#wholeMs = 2 * timeout;
    this.#connections = new Connections({
      connect: { timeout: Math.min(timeout, 10_000), ...options.tls },
      headersTimeout: timeout,
      bodyTimeout: timeout,
      maxResponseSize: MAX_RESPONSE_BYTES,
    });
  }

  /** @throws OssError the service's own error, OSS_SERVICE_UNREACHABLE, _TIMEOUT, _FAILED or _RESPONSE_INVALID */
  async json<T>(schema: ZodType<T>, call: Call): Promise<T> {
    return parseAs(schema, await this.bytes(call), call.path);
  }

  /** As `json`, tried again after errors that the table calls retryable: only for calls that are safe to repeat. */
  async repeatableJson<T>(schema: ZodType<T>, call: Call): Promise<T> {
    return withRetries(() => this.json(schema, call));
  }

  async repeatableBytes(call: Call): Promise<Uint8Array> {
    return withRetries(() => this.bytes(call));
  }

  /** May be called more than once: anyone who gives up a connection need not know who else does. */
  close(): Promise<void> {
    return this.#connections.close();
  }

  /** @throws OssError as `json` */
  async bytes(call: Call): Promise<Uint8Array> {
    return (await this.exchange(call)).bytes;
  }

  /** A response that is no refusal, with its status. @throws OssError as `json` */
  async exchange({ method, path, body, content, headers }: Call): Promise<HttpResponse> {
    const url = new URL(path, this.#options.baseUrl);
    const sent = content ?? (body === undefined ? undefined : asJson(body));
    let response: Dispatcher.ResponseData<unknown>;
    let answer: Uint8Array;
    try {
      response = await this.#connections.request(url, {
        method,
        headers: { ...headers, ...(sent && { 'content-type': sent.type }) },
        body: sent?.bytes ?? null,
        // The other limits count silence: a response that comes byte by byte would go on for ever.
        signal: AbortSignal.timeout(this.#wholeMs),
      });
      answer = await response.body.bytes();
    } catch (cause) {
      throw connectionError(cause);
    }
    this.#options.onCall?.({
      method,
      url: url.href,
      status: response.statusCode,
      bytesSent: sent?.bytes.length ?? 0,
      bytesReceived: answer.length,
    });
    const { statusCode: status, headers: received } = response;
    if (status >= 200 && status < 300) return { status, bytes: answer, at: dateIn(received.date) };
    const wait = secondsFrom(received['retry-after'], new Date());
    throw (this.#options.errorOf ?? errorOfResponse)(status, answer, wait, path);
  }
}

const asJson = (body: unknown): NonNullable<Call['content']> => ({
  type: 'application/json',
  bytes: Buffer.from(JSON.stringify(body)),
});

function dateIn(header: string | string[] | undefined): Date | undefined {
  const time = typeof header === 'string' ? Date.parse(header) : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time);
}

/** @throws OssError OSS_SERVICE_RESPONSE_INVALID */
export function parseAs<T>(schema: ZodType<T>, bytes: Uint8Array, path: string): T {
  const parsed = schema.safeParse(parseJson(bytes));
  if (parsed.success) return parsed.data;
  throw new OssError('OSS_SERVICE_RESPONSE_INVALID', {
    reason: z.prettifyError(parsed.error).slice(0, 500),
    path,
  });
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new OssError('OSS_SERVICE_RESPONSE_INVALID', { reason: 'not JSON' }, { cause });
  }
}

function connectionError(cause: unknown): OssError {
  const code = connectionErrorCode(cause);
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    return new OssError('OSS_SERVICE_RESPONSE_INVALID', { reason: 'answer too large' }, { cause });
  }
  const proxy = proxyFailureIn(cause);
  if (proxy) return new OssError('OSS_SERVICE_UNREACHABLE', { reason: proxy.message }, { cause });
  const timedOut =
    code === 'UND_ERR_HEADERS_TIMEOUT' ||
    code === 'UND_ERR_BODY_TIMEOUT' ||
    (cause instanceof Error && cause.name === 'TimeoutError');
  return new OssError(timedOut ? 'OSS_SERVICE_TIMEOUT' : 'OSS_SERVICE_UNREACHABLE', {}, { cause });
}

function errorOfResponse(status: number, answer: Uint8Array, wait: number): OssError {
  const described = errorResponseSchema.safeParse(safelyParsed(answer));
  const fallback = status >= 500 || status === 429 ? 'OSS_SERVICE_FAILED' : 'OSS_SERVICE_RESPONSE_INVALID';
  const again = wait > 0 ? { retryAfterSeconds: wait } : {};
  if (!described.success) return new OssError(fallback, { status, ...again });
  // An internal failure over there is not an internal failure here.
  if (described.data.error.code === 'OSS_INTERNAL')
    return new OssError('OSS_SERVICE_FAILED', { status, ...again });
  const error = fromErrorResponse(described.data, fallback);
  return new OssError(error.code, { ...again, ...error.details });
}

/** Undefined for what is not JSON. */
export function safelyParsed(answer: Uint8Array): unknown {
  try {
    return parseJson(answer);
  } catch {
    return undefined;
  }
}

async function withRetries<T>(attempt: () => Promise<T>): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      const { retryable, details } = toOssError(error);
      const asked = typeof details.retryAfterSeconds === 'number' ? details.retryAfterSeconds * 1000 : 0;
      // Asking again before the time that the service names is in vain; a person decides about a longer one.
      if (!retryable || isExhausted(RETRY, failures) || asked > MAX_WAIT_MS) throw error;
      await pause(Math.max(backoff(RETRY, failures), asked));
    }
  }
}
