import { createHash, randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { OssError } from '../../../contract/errors.ts';
import { type CscAuthorisation, isAddressProtected } from '../../../contract/model/provider.ts';
import { type HttpClient, parseAs } from '../http-client.ts';
import { codeByBrowser } from './loopback-redirect.ts';
import { type CscInfo, tokenSchema } from './wire.ts';

export type OAuthToken = z.infer<typeof tokenSchema>;

export interface OAuthClient {
  readonly http: HttpClient;
  readonly authorisation: Extract<CscAuthorisation, { type: 'client-credentials' | 'authorization-code' }>;
  readonly clientSecret: string | undefined;
  /** Absent where nobody sits in front of this process. */
  readonly openBrowser: ((url: string) => Promise<void> | void) | undefined;
  readonly info: () => Promise<CscInfo>;
}

/** @throws OssError OSS_CREDENTIALS_INVALID, OSS_SERVICE_*, OSS_CONFIG_INVALID */
export async function tokenForService(client: OAuthClient): Promise<OAuthToken> {
  const { authorisation, clientSecret } = client;
  if (authorisation.type === 'authorization-code') return tokenByBrowser(client, { scope: 'service' });
  if (clientSecret === undefined)
    throw new OssError('OSS_CREDENTIALS_INVALID', { reason: 'no secret of the client' });
  return askForToken(client, { grant_type: 'client_credentials', scope: 'service' });
}

/** A token that the one before is exchanged for. @throws OssError as `tokenForService` */
export const refreshedToken = (client: OAuthClient, refreshToken: string): Promise<OAuthToken> =>
  askForToken(client, { grant_type: 'refresh_token', refresh_token: refreshToken });

/**
 * In the browser, with PKCE (RFC 7636) and a state that is asked for once.
 * @param query what the address says beside the usual
 */
export async function tokenByBrowser(
  client: OAuthClient,
  query: Readonly<Record<string, string>>,
): Promise<OAuthToken> {
  const { authorisation, openBrowser } = client;
  if (openBrowser === undefined)
    throw new OssError('OSS_CONFIG_INVALID', { reason: 'there is no browser for the provider’s page' });
  const info = await client.info();
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(16).toString('base64url');
  const { redirectPort } = authorisation.type === 'authorization-code' ? authorisation : {};
  const { code, redirectUri } = await codeByBrowser({
    openBrowser,
    state,
    ...(redirectPort === undefined ? {} : { port: redirectPort }),
    ...(info.oauth2Issuer === undefined ? {} : { issuer: info.oauth2Issuer }),
    addressFor(redirect) {
      const url = new URL(authorizeUrl(authorisation, info));
      const parameters = {
        response_type: 'code',
        client_id: authorisation.clientId,
        redirect_uri: redirect,
        state,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        ...query,
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return url.href;
    },
  });
  const details = query.authorization_details;
  return askForToken(client, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...(details === undefined ? {} : { authorization_details: details }),
  });
}

async function askForToken(
  { http, authorisation, clientSecret, info }: OAuthClient,
  fields: Readonly<Record<string, string>>,
): Promise<OAuthToken> {
  const path = authorisation.tokenUrl ?? endpoint(await info(), 'token');
  const form = new URLSearchParams({
    ...fields,
    client_id: authorisation.clientId,
    ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
  });
  const content = { type: 'application/x-www-form-urlencoded', bytes: Buffer.from(form.toString()) };
  const answer = await http.bytes({ method: 'POST', path, content, headers: { accept: 'application/json' } });
  return parseAs(tokenSchema, answer, 'token');
}

const authorizeUrl = (authorisation: CscAuthorisation, info: CscInfo): string =>
  (authorisation.type === 'authorization-code' ? authorisation.authorizeUrl : undefined) ??
  endpoint(info, 'authorize');

/** `oauth2` is the address below which both are; some providers say that of the authorisation itself. */
function endpoint({ oauth2, oauth2Issuer }: CscInfo, name: 'authorize' | 'token'): string {
  const base = oauth2 ?? oauth2Issuer;
  if (base === undefined || !URL.canParse(base))
    throw new OssError('OSS_CONFIG_INVALID', {
      reason: 'the provider does not say where its tokens come from',
    });
  // The secret of the client goes there: to no address of a network that the provider's own word leads into.
  if (!isAddressProtected(base))
    throw new OssError('OSS_CONFIG_INVALID', { reason: 'the provider gives out tokens without TLS' });
  const bare = base.replace(/\/+$/, '').replace(/\/authorize$/, '');
  return /\/oauth2$/.test(bare) || bare !== base.replace(/\/+$/, '')
    ? `${bare}/${name}`
    : `${bare}/oauth2/${name}`;
}
