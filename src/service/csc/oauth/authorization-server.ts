/** The page on which a signer authorises, and the tokens that come of it (RFC 6749, RFC 7636, RFC 9126, RFC 9207). */
import { createHash, randomBytes } from 'node:crypto';
import { OssError } from '../../../contract/errors.ts';
import type { Language } from '../../../contract/model/language.ts';
import { isLanguage } from '../../../contract/model/languages.ts';
import type { Authorisations } from '../authorisations.ts';
import { isOneShot } from '../authorisations.ts';
import { CscError, invalidParameter, missingParameter, toCscError } from '../csc-error.ts';
import type { Authorization, Grants, SentCode } from '../grants.ts';
import type { CscClient, CscPorts } from '../port.ts';
import { authorizationIn, type Parameters, redirectUriOf } from './authorization-request.ts';
import { authenticateClient, type ClientCredentials } from './clients.ts';

/** A signer reads the documents before; that takes as long as the code lives, at most. */
const PAGE_MS = 10 * 60_000;
const PUSHED_MS = 60_000;
const CODE_MS = 60_000;
const REQUEST_URI = 'urn:ietf:params:oauth:request_uri:';

/** What the page shows next. */
export type PageStep =
  | {
      readonly step: 'documents' | 'code';
      readonly language: Language;
      /** Names the page in its forms; nobody else knows it. */
      readonly held: string;
      readonly issuer: string;
      readonly organisation: string;
      readonly documents: Authorization['documents'];
      readonly sent?: Pick<SentCode, 'reference' | 'maskedPhone'>;
      /** What went wrong with the last try. */
      readonly problem?: 'wrongCode' | 'notSent';
      /** Where forms may lead to. */
      readonly redirectUri: string;
    }
  | { readonly step: 'return'; readonly to: string };

export interface AuthorizationServer {
  push(
    given: ClientCredentials,
    parameters: Parameters,
  ): Promise<{ request_uri: string; expires_in: number }>;
  /** Opens the page. @throws CscError where nobody can be sent back */
  open(parameters: Parameters): Promise<PageStep>;
  sendCode(held: string): Promise<PageStep>;
  confirm(held: string, code: string): Promise<PageStep>;
  decline(held: string): Promise<PageStep>;
  token(given: ClientCredentials, parameters: Parameters): Promise<Readonly<Record<string, unknown>>>;
}

export function authorizationServer(
  ports: CscPorts,
  grants: Grants,
  authorisations: Authorisations,
): AuthorizationServer {
  const { store, clock, access, clients, baseUrl, issuer, hashToken, tokenLifetimeMinutes } = ports;
  const now = (): number => clock().getTime();

  const officerOf = async ({ officer }: Pick<CscClient, 'officer'>) => {
    const found = await store.officers.find(officer);
    if (!found?.active) throw new CscError('access_denied', 'The account of this client is not active.');
    return found;
  };
  const requestOf = async (asked: Authorization) => {
    if (!isOneShot(asked.credentialID)) throw invalidParameter('credentialID');
    return access(asked.credentialID, await officerOf(asked));
  };
  const pageOf = async (held: string) => {
    const page = await grants.find('page', held);
    if (!page) throw new CscError('invalid_request', 'This page has ended. Go back to the application.');
    return page;
  };
  const shown = async (
    held: string,
    asked: Authorization & { readonly sent?: SentCode },
    problem?: 'wrongCode' | 'notSent',
  ): Promise<PageStep> => {
    const { identity } = await requestOf(asked);
    const language = isLanguage(asked.language ?? '') ? (asked.language as Language) : identity.language;
    return {
      step: asked.sent ? 'code' : 'documents',
      ...{ language, held, issuer, organisation: asked.client, documents: asked.documents },
      ...(asked.sent && { sent: asked.sent }),
      ...(problem && { problem }),
      redirectUri: asked.redirectUri,
    };
  };
  const returned = (
    { redirectUri, state }: Pick<Authorization, 'redirectUri' | 'state'>,
    parameters: Readonly<Record<string, string>>,
  ): PageStep => {
    const to = new URL(redirectUri);
    for (const [name, value] of Object.entries({
      ...parameters,
      ...(state !== undefined && { state }),
      iss: baseUrl,
    }))
      to.searchParams.set(name, value);
    return { step: 'return', to: to.href };
  };

  return {
    async push(given, parameters) {
      const client = authenticateClient(clients, given);
      const asked = authorizationIn(client, parameters);
      await requestOf(asked);
      const held = await grants.give('pushed', asked, now() + PUSHED_MS);
      return { request_uri: `${REQUEST_URI}${held}`, expires_in: PUSHED_MS / 1000 };
    },

    async open(parameters) {
      const client = clients.find(({ id }) => id === parameters.client_id);
      if (!client) throw invalidParameter('client_id');
      const asked = await askedFor(client, parameters, grants);
      if ('error' in asked)
        return returned(asked, { error: asked.error.error, error_description: asked.error.message });
      try {
        await requestOf(asked);
      } catch (thrown) {
        const { error, message } = toCscError(thrown);
        return returned(asked, { error, error_description: message });
      }
      return shown(await grants.give('page', asked, now() + PAGE_MS), asked);
    },

    async sendCode(held) {
      const { state, expiresAt } = await pageOf(held);
      try {
        const hashes = state.documents.map(({ hash }) => hash);
        const sent = await authorisations.send(await requestOf(state), hashes);
        await grants.keep('page', held, { ...state, sent }, expiresAt);
        return shown(held, { ...state, sent });
      } catch (thrown) {
        if (!(thrown instanceof OssError) || thrown.status >= 500) throw thrown;
        return shown(held, state, 'notSent');
      }
    },

    async confirm(held, code) {
      const { state } = await pageOf(held);
      const { sent, ...asked } = state;
      if (!sent) return shown(held, asked);
      try {
        const proven = await authorisations.prove(await requestOf(asked), sent, code);
        // Another window with this page finds it ended.
        if (!(await grants.take('page', held))) throw new CscError('invalid_request', 'This page has ended.');
        const granted = await grants.give(
          'code',
          { ...asked, proven },
          Math.min(now() + CODE_MS, sent.expiresAt),
        );
        return returned(asked, { code: granted });
      } catch (thrown) {
        if (thrown instanceof OssError && thrown.code === 'OSS_OTP_REFUSED')
          return shown(held, state, 'wrongCode');
        throw thrown;
      }
    },

    async decline(held) {
      const page = await grants.take('page', held);
      if (!page) throw new CscError('invalid_request', 'This page has ended. Go back to the application.');
      return returned(page.state, { error: 'access_denied', error_description: 'The signer declined.' });
    },

    async token(given, parameters) {
      const client = authenticateClient(clients, given);
      if (parameters.grant_type === 'client_credentials') {
        if (client.secret === undefined)
          throw new CscError('invalid_client', 'A client without a secret gets no token for itself.');
        const { username } = await officerOf(client);
        const token = randomBytes(32).toString('base64url');
        await store.officers.addToken(hashToken(token), username, now() + tokenLifetimeMinutes * 60_000);
        return {
          access_token: token,
          token_type: 'Bearer',
          expires_in: tokenLifetimeMinutes * 60,
          scope: 'service',
        };
      }
      if (parameters.grant_type !== 'authorization_code')
        throw new CscError(
          'unsupported_grant_type',
          'grant_type has to be authorization_code or client_credentials',
        );
      if (parameters.code === undefined) throw missingParameter('code');
      const refused = new CscError('invalid_grant', 'The code is wrong, has ended, or was used.');
      // Taken before it is judged: a code is tried once, no matter by whom.
      const code = await grants.take('code', parameters.code);
      if (!code || code.state.client !== client.id) throw refused;
      const { redirectUri, codeChallenge, credentialID, details, documents, proven, officer } = code.state;
      const isBound =
        parameters.redirect_uri === redirectUri &&
        createHash('sha256')
          .update(parameters.code_verifier ?? '')
          .digest('base64url') === codeChallenge;
      if (!isBound || !proven) throw refused;
      const expiresAt = Math.min(now() + CODE_MS * 2, proven.expiresAt);
      const token = await grants.give('sad', { officer, client: client.id, credentialID, proven }, expiresAt);
      await store.csc.authorise(
        grants.handleOf('sad', token),
        documents.map(({ hash }) => hash),
      );
      return {
        ...{
          access_token: token,
          token_type: 'Bearer',
          expires_in: Math.max(1, Math.floor((expiresAt - now()) / 1000)),
          credentialID,
        },
        ...(details !== undefined ? { authorization_details: details } : { scope: 'credential' }),
      };
    },
  };
}

/** What was pushed before, or stands in the address itself. */
async function askedFor(client: CscClient, parameters: Parameters, grants: Grants) {
  const { request_uri } = parameters;
  if (request_uri !== undefined) {
    const pushed = request_uri.startsWith(REQUEST_URI)
      ? await grants.take('pushed', request_uri.slice(REQUEST_URI.length))
      : undefined;
    if (pushed?.state.client !== client.id) throw invalidParameter('request_uri');
    return pushed.state;
  }
  const redirectUri = redirectUriOf(client, parameters);
  try {
    return authorizationIn(client, parameters);
  } catch (thrown) {
    const { state } = parameters;
    return { error: toCscError(thrown), redirectUri, ...(state !== undefined && { state }) };
  }
}
