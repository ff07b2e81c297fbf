import { tokenViewSchema } from '../../../../contract/optimizer-api/index.ts';
import { describeToken } from '../../core/tokens.ts';
import type { ApiRoute } from '../../http/route.ts';

export const getToken: ApiRoute = {
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
