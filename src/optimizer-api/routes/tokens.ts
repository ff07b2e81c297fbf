import { z } from 'zod';
import { createTokenFormSchema, tokenViewSchema } from '../../contract/optimizer-api/index.ts';
import { asUuid, createToken, deleteToken, describeToken, listTokens as tokensOf } from '../core/tokens.ts';
import { type ApiRoute, SERVICE_REFUSALS } from './route.ts';

const createTokenRoute: ApiRoute = {
  name: 'createToken',
  method: 'POST',
  classic: ['/token'],
  newer: ['/token'],
  tag: 'tokens',
  summary: 'Stores the credentials of a registration officer; password and PIN may be left to each call',
  body: { media: ['application/json', 'application/x-www-form-urlencoded'], classic: createTokenFormSchema },
  success: {
    status: 200,
    classic: z.string(),
    newer: z.object({ token_uid: z.string() }),
    names: { uid: { classic: '', newer: '/token_uid' } },
  },
  refusals: [400, 404, ...SERVICE_REFUSALS],
  async handle(core, { body }) {
    const uid = await core.turns.run(`tokens of ${core.owner}`, () => createToken(core, body));
    return { value: uid, newer: { token_uid: asUuid(uid) }, message: 'Token created' };
  },
};

const deleteTokenRoute: ApiRoute = {
  name: 'deleteToken',
  method: 'DELETE',
  classic: ['/token/:uid'],
  newer: ['/token/:uid'],
  tag: 'tokens',
  summary: 'Forgets the credentials of a token; requests that were created with it go on',
  success: { status: 200, classic: z.string() },
  refusals: [404],
  async handle(core, { params: { uid = '' } }) {
    await deleteToken(core, uid);
    return { text: 'Token deleted successfully' };
  },
};

const getToken: ApiRoute = {
  name: 'getToken',
  method: 'GET',
  classic: ['/token/:uid'],
  newer: ['/token/:uid'],
  tag: 'tokens',
  summary: 'Whose token it is, and which secrets are stored with it',
  success: { status: 200, classic: tokenViewSchema },
  refusals: [404],
  handle: async (core, { params: { uid = '' } }) => ({
    value: await describeToken(core, uid),
    message: 'Token',
  }),
};

const listTokens: ApiRoute = {
  name: 'listTokens',
  method: 'GET',
  classic: ['/tokens'],
  newer: ['/tokens'],
  tag: 'tokens',
  summary: 'All tokens, the oldest first',
  success: { status: 200, classic: z.record(z.string(), tokenViewSchema) },
  refusals: [],
  async handle(core) {
    const tokens = await tokensOf(core);
    return {
      value: Object.fromEntries(tokens),
      newer: Object.fromEntries(tokens.map(([uid, view]) => [asUuid(uid), view])),
      message: 'Tokens',
    };
  },
};

/** Calls below tokens. */
export const TOKENS_ROUTES: readonly ApiRoute[] = [createTokenRoute, deleteTokenRoute, getToken, listTokens];
