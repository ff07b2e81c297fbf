import { setTimeout as pause } from 'node:timers/promises';
import type { ZodType } from 'zod';
import { OssError, toOssError } from '../../../contract/errors.ts';
import type { HttpClient } from '../http-client.ts';
import { parseAs } from '../http-client.ts';
import { type CscInfo, infoSchema } from './wire.ts';

/** The answer of a call that may be carried out later. */
export interface Later<T> {
  /** 202: it is not done yet. */
  readonly isPending: boolean;
  readonly body: T;
}

const POLL_MS = 1000;
/** A signer who has to approve somewhere else takes their time. */
const POLL_LIMIT_MS = 180_000;

/** Methods of one version of the CSC API: JSON by POST, the caller's token with each. */
export class CscApi {
  readonly #http: HttpClient;
  readonly #token: () => Promise<string | undefined>;
  readonly #renew: () => void;
  #info: CscInfo | undefined;
  #clockAhead = 0;

  /** @param token of the station; undefined where nothing but TLS admits it */
  constructor(http: HttpClient, token: () => Promise<string | undefined>, renew: () => void) {
    this.#http = http;
    this.#token = token;
    this.#renew = renew;
  }

  /** What the provider says of itself; asked once. */
  async info(): Promise<CscInfo> {
    return this.#info ?? this.refreshInfo();
  }

  /** @throws OssError OSS_SERVICE_* */
  async refreshInfo(): Promise<CscInfo> {
    const sentAt = Date.now();
    const { bytes, at } = await this.#http.exchange({ method: 'POST', path: 'info', body: {} });
    this.#info = parseAs(infoSchema, bytes, 'info');
    // The header has whole seconds: the middle of its second, against the middle of the call.
    this.#clockAhead = at === undefined ? 0 : at.getTime() + 500 - (sentAt + Date.now()) / 2;
    return this.#info;
  }

  /**
   * Milliseconds by which the provider's clock is ahead, as far as its header tells; within a second it is
   * the same.
   */
  get clockAhead(): number {
    return Math.abs(this.#clockAhead) <= 1000 ? 0 : this.#clockAhead;
  }

  /**
   * @param bearer a token of its own, in place of the station's
   * @throws OssError OSS_CREDENTIALS_INVALID, OSS_FORBIDDEN, OSS_OTP_REFUSED, OSS_SERVICE_*
   */
  async call<T>(method: string, body: unknown, schema: ZodType<T>, bearer?: string): Promise<T> {
    return (await this.callLater(method, body, schema, bearer)).body;
  }

  /** As `call`, telling whether the answer is still to come. */
  async callLater<T>(method: string, body: unknown, schema: ZodType<T>, bearer?: string): Promise<Later<T>> {
    const send = async (): Promise<Later<T>> => {
      const token = bearer ?? (await this.#token());
      const { status, bytes } = await this.#http.exchange({
        method: 'POST',
        path: method,
        body,
        headers: {
          accept: 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
      });
      const sent = bytes.length === 0 ? Buffer.from('{}') : bytes;
      return { isPending: status === 202, body: parseAs(schema, sent, method) };
    };
    try {
      return await send();
    } catch (error) {
      if (bearer !== undefined || toOssError(error).details.status !== 401) throw error;
      // It was not looked at: the token has ended before its time.
      this.#renew();
      return send();
    }
  }

  /**
   * Asks until there is an answer (CSC API v2 §11.8, §11.13).
   * @throws OssError OSS_SERVICE_TIMEOUT when there is none within three minutes; and as `call`
   */
  async poll<T>(method: string, body: unknown, schema: ZodType<T>, bearer?: string): Promise<T> {
    const end = performance.now() + POLL_LIMIT_MS;
    for (;;) {
      const { isPending, body: answer } = await this.callLater(method, body, schema, bearer);
      if (!isPending) return answer;
      if (performance.now() > end) throw new OssError('OSS_SERVICE_TIMEOUT', { path: method });
      await pause(POLL_MS);
    }
  }
}
