import { z } from 'zod';
import { createTokenFormSchema } from '../../../../contract/optimizer-api/index.ts';
import { asUuid, createToken } from '../../core/tokens.ts';
import { type ApiRoute, SERVICE_REFUSALS } from '../../http/route.ts';

export const createTokenRoute: ApiRoute = {
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
    const uid = await core.turns.run('tokens', () => createToken(core, body));
    return { value: uid, newer: { token_uid: asUuid(uid) }, message: 'Token created' };
  },
};
