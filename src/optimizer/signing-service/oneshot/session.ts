import { OssError } from '../../../contract/errors.ts';
import { type TokenAnswer, tokenAnswerSchema } from '../../../contract/service-api/tokens.ts';
import type { OfficerCredentials } from '../port.ts';
import type { HttpClient } from './http-client.ts';

/** A token is renewed this long before it ends, so that it cannot end between two calls of one step. */
const TOKEN_MARGIN_MS = 60_000;

/** The session of one officer: logs in with the first call that needs it, and again before the token ends. */
export class Session {
  readonly #http: HttpClient;
  readonly #credentials: OfficerCredentials | undefined;
  readonly #now: () => Date;
  #token: TokenAnswer | undefined;

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
  async headers(): Promise<Record<string, string>> {
    const now = this.#now().getTime();
    if (!this.#token || Date.parse(this.#token.expiresAt) - TOKEN_MARGIN_MS < now) {
      const { username, password } = this.credentials;
      this.#token = await this.#http.repeatableJson(tokenAnswerSchema, {
        method: 'POST',
        path: '/v1/tokens',
        body: { username, password },
      });
    }
    return { authorization: `Bearer ${this.#token.token}` };
  }
}
