import { OssError } from '../../../contract/errors.ts';
import type { CscAuthorisation, ProviderSecrets } from '../../../contract/model/provider.ts';
import { type HttpClient, parseAs } from '../http-client.ts';
import { type OAuthClient, type OAuthToken, refreshedToken, tokenForService } from './oauth.ts';
import { type CscInfo, tokenSchema } from './wire.ts';

/** Renewed this long before it ends. */
const MARGIN_MS = 30_000;

export interface StationTokenOptions {
  readonly http: HttpClient;
  readonly authorisation: CscAuthorisation;
  readonly secrets: ProviderSecrets;
  readonly openBrowser: ((url: string) => Promise<void> | void) | undefined;
  readonly info: () => Promise<CscInfo>;
}

/** The token with which the station calls the provider, obtained with the first call and again before it ends. */
export class StationToken {
  readonly #options: StationTokenOptions;
  #held: (OAuthToken & { readonly renewAt: number }) | undefined;
  #pending: Promise<string | undefined> | undefined;

  constructor(options: StationTokenOptions) {
    this.#options = options;
  }

  /**
   * The same for calls at the same time: a browser opens once.
   * @throws OssError OSS_CREDENTIALS_INVALID, OSS_SERVICE_*, OSS_CONFIG_INVALID
   */
  get(): Promise<string | undefined> {
    this.#pending ??= this.#obtain().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  /** The provider does not take it any more. */
  drop(): void {
    this.#held = undefined;
  }

  /** For the authorisation of a signature in the browser; undefined where the station is admitted otherwise. */
  get client(): OAuthClient | undefined {
    const { http, authorisation, secrets, openBrowser, info } = this.#options;
    return authorisation.type === 'none' || authorisation.type === 'basic'
      ? undefined
      : { http, authorisation, clientSecret: secrets.clientSecret, openBrowser, info };
  }

  async #obtain(): Promise<string | undefined> {
    if (this.#options.authorisation.type === 'none') return undefined;
    if (this.#held !== undefined && performance.now() < this.#held.renewAt) return this.#held.access_token;
    const token = await this.#ask(this.#held?.refresh_token);
    const lifetime = Math.max(0, token.expires_in * 1000 - MARGIN_MS);
    this.#held = { ...token, renewAt: performance.now() + lifetime };
    return token.access_token;
  }

  async #ask(refreshToken: string | undefined): Promise<OAuthToken> {
    const { client } = this;
    if (client === undefined) return this.#logIn();
    if (refreshToken === undefined) return tokenForService(client);
    // One that is not taken any more makes room for a new login.
    return refreshedToken(client, refreshToken).catch(() => tokenForService(client));
  }

  /** HTTP Basic at `auth/login` (CSC API v2 §11.2). */
  async #logIn(): Promise<OAuthToken> {
    const { http, authorisation, secrets } = this.#options;
    if (authorisation.type !== 'basic' || secrets.password === undefined)
      throw new OssError('OSS_CREDENTIALS_INVALID', { reason: 'no password' });
    const basic = Buffer.from(`${authorisation.username}:${secrets.password}`).toString('base64');
    const headers = { authorization: `Basic ${basic}`, accept: 'application/json' };
    const answer = await http.bytes({ method: 'POST', path: 'auth/login', body: {}, headers });
    return parseAs(tokenSchema, answer, 'auth/login');
  }
}
