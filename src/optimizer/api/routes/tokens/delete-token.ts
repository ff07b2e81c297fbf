import { z } from 'zod';
import { deleteToken } from '../../core/tokens.ts';
import type { ApiRoute } from '../../http/route.ts';

export const deleteTokenRoute: ApiRoute = {
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
