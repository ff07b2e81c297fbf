import { z } from 'zod';
import { requestSummarySchema } from '../../../../contract/optimizer-api/index.ts';
import { parseForm } from '../../core/form-body.ts';
import { listRequests as requestsOf } from '../../core/request-view.ts';
import type { ApiRoute } from '../../http/route.ts';

const querySchema = z.object({
  limit: z.coerce.number().int().positive().optional(),
  after: z.coerce.number().int().nonnegative().optional(),
});

export const listRequests: ApiRoute = {
  name: 'listRequests',
  method: 'GET',
  classic: ['/requests'],
  newer: ['/requests'],
  tag: 'requests',
  summary: 'All requests, by their pk; `limit` of them, and those `after` one',
  query: querySchema,
  success: { status: 200, classic: z.record(z.string(), requestSummarySchema) },
  refusals: [],
  handle: async (core, { query }) => ({
    value: await requestsOf(core, parseForm(querySchema, query)),
    message: 'Requests',
  }),
};
