import { OssError, toOssError } from '../../../contract/errors.ts';
import { tokenResponseSchema } from '../../../contract/service-api/tokens.ts';
import type { HttpClient } from '../http-client.ts';
import type { OfficerCredentials } from '../port.ts';

/** A token is renewed this long before it ends, so that it cannot end between two calls of one step. */
const TOKEN_MARGIN_MS = 60_000;

type Authorization = Readonly<Record<'authorization', string>>;

interface Held {
  readonly token: string;
  /** Milliseconds of a clock that nobody sets. */
  readonly renewAt: number;
}

/** The session of one officer: logs in with the first call that needs it, and again before the token ends. */
export class Session {
  readonly #http: HttpClient;
  readonly #credentials: OfficerCredentials | undefined;
  readonly #now: () => Date;
  #held: Held | undefined;

  constructor(http: HttpClient, credentials: OfficerCredentials | undefined, now: () => Date) {
    this.#http = http;
    this.#credentials = credentials;
    this.#now = now;
  }

  /** @throws OssError OSS_CREDENTIALS_INVALID where it was opened without any */
  get credentials(): OfficerCredentials {
    if (!this.#credentials) throw new OssError('OSS_CREDENTIALS_INVALID', { reason: 'no officer' });
    return this.#credentials;
  }

  /** @throws OssError OSS_CREDENTIALS_INVALID, OSS_SERVICE_* */
  async logIn(): Promise<void> {
    await this.#authorization();
  }

  /**
   * Makes a call as the officer. Where the service does not take the token any more (one of the clocks was set), the
   * call is made again with another one: it was not looked at.
   * @throws OssError as `logIn`, and what the call throws
   */
  async authorised<T>(call: (authorization: Authorization) => Promise<T>): Promise<T> {
    const authorization = await this.#authorization();
    const used = this.#held;
    try {
      return await call(authorization);
    } catch (error) {
      if (!isOfTheToken(error)) throw error;
      // Unless a call beside this one has renewed it by now.
      if (this.#held === used) this.#held = undefined;
      return call(await this.#authorization());
    }
  }

  async #authorization(): Promise<Authorization> {
    if (this.#held === undefined || this.#held.renewAt <= performance.now()) {
      const { username, password } = this.credentials;
      const { token, expiresAt } = await this.#http.repeatableJson(tokenResponseSchema, {
        method: 'POST',
        path: '/v1/tokens',
        body: { username, password },
      });
      const lifetime = Date.parse(expiresAt) - this.#now().getTime() - TOKEN_MARGIN_MS;
      // By a clock that is behind the service's or ahead of it: then the service says when it ends.
      const isPlausible = lifetime > 0;
      this.#held = { token, renewAt: isPlausible ? performance.now() + lifetime : Number.POSITIVE_INFINITY };
    }
    return { authorization: `Bearer ${this.#held.token}` };
  }
}

/** The service's words for a token; a wrong PIN has none, and is never tried twice. */
function isOfTheToken(thrown: unknown): boolean {
  const { code, details } = toOssError(thrown);
  return code === 'OSS_CREDENTIALS_INVALID' && String(details.reason ?? '').startsWith('Log in');
}
