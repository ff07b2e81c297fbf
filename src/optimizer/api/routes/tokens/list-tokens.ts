import { z } from 'zod';
import { tokenViewSchema } from '../../../../contract/optimizer-api/index.ts';
import { asUuid, listTokens as tokensOf } from '../../core/tokens.ts';
import type { ApiRoute } from '../../http/route.ts';

export const listTokens: ApiRoute = {
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
