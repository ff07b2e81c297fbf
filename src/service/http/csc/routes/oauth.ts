import { z } from 'zod';
import { languageOf } from '../../../../contract/model/languages.ts';
import { CscError } from '../../../csc/csc-error.ts';
import type { CscServices } from '../../../csc/index.ts';
import type { PageStep } from '../../../csc/oauth/authorization-server.ts';
import { authorisationPage, endedPage } from '../../../csc/oauth/page.ts';
import type { Reply } from '../../route.ts';
import { openCscRoute } from '../csc-route.ts';

const PATH = '/csc/v2/oauth2/authorize';
const tag = 'oauth';
/** RFC 6749 §3.1: a parameter stands once. */
const parameters = z.record(z.string().max(64), z.string().max(32_000).optional());

const credentialsIn = (
  raw: { readonly headers: { readonly authorization?: string | undefined } },
  body: z.infer<typeof parameters>,
) => ({
  authorization: raw.headers.authorization,
  clientId: body.client_id,
  clientSecret: body.client_secret,
});

/** RFC 6749 §5.1. */
const NOT_STORED = { 'cache-control': 'no-store', pragma: 'no-cache' };

const pushedAuthorize = openCscRoute({
  method: 'POST',
  path: '/csc/v2/oauth2/pushed_authorize',
  summary: 'What a signer is to authorise, sent beforehand (RFC 9126)',
  tag,
  takes: { body: parameters },
  limit: 'loginsPerMinute',
  handle: async ({ oauth }, { body, raw }) => ({
    status: 201,
    headers: NOT_STORED,
    value: await oauth.push(credentialsIn(raw, body), body),
  }),
});

const token = openCscRoute({
  method: 'POST',
  path: '/csc/v2/oauth2/token',
  summary: 'A service token for a client, or the credential token that a signer authorised',
  tag,
  takes: { body: parameters },
  limit: 'loginsPerMinute',
  handle: async ({ oauth }, { body, raw }) => ({
    headers: NOT_STORED,
    value: await oauth.token(credentialsIn(raw, body), body),
  }),
});

const open = openCscRoute({
  method: 'GET',
  path: PATH,
  summary: 'The page on which the signer authorises',
  tag,
  takes: { query: parameters },
  mediaTypes: ['text/html'],
  handle: ({ oauth }, { query }) => shown(() => oauth.open(query), query.lang),
});

const formSchema = z.object({ page: z.string().min(20).max(128), code: z.string().max(10).default('') });

const act = (
  name: 'send' | 'confirm' | 'decline',
  summary: string,
  work: (oauth: CscServices['oauth'], body: z.infer<typeof formSchema>) => Promise<PageStep>,
) =>
  openCscRoute({
    method: 'POST',
    path: `${PATH}/${name}`,
    summary,
    tag,
    takes: { body: formSchema },
    mediaTypes: ['text/html'],
    handle: ({ oauth }, { body }) => shown(() => work(oauth, body), undefined),
  });

const steps = [
  act('send', 'The signer asks for the code', (oauth, { page }) => oauth.sendCode(page)),
  act('confirm', 'The signer types the code', (oauth, { page, code }) => oauth.confirm(page, code)),
  act('decline', 'The signer declines', (oauth, { page }) => oauth.decline(page)),
];

/** A person looks at it: what went wrong is a page too. */
async function shown(work: () => Promise<PageStep>, language: string | undefined): Promise<Reply<never>> {
  try {
    const page = await work();
    if (page.step === 'return') return { status: 303, headers: { ...NOT_STORED, location: page.to } };
    return html(authorisationPage(page, PATH), 200, page.redirectUri);
  } catch (thrown) {
    if (!(thrown instanceof CscError) || thrown.status >= 500) throw thrown;
    return html(endedPage(languageOf(language)), 400);
  }
}

/** The form's answer leads back to the application; nothing else may be called from here. */
const html = (bytes: string, status: number, redirectUri?: string): Reply<never> => ({
  status,
  bytes,
  mediaType: 'text/html; charset=utf-8',
  headers: {
    ...NOT_STORED,
    'referrer-policy': 'no-referrer',
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'${redirectUri === undefined ? '' : ` ${new URL(redirectUri).origin}`}`,
  },
});

export const OAUTH_ROUTES = [pushedAuthorize, token, open, ...steps];
