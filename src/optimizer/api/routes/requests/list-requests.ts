import { z } from 'zod';
import { requestSummarySchema } from '../../../../contract/optimizer-api/index.ts';
import { listRequests as requestsOf } from '../../core/request-view.ts';
import type { ApiRoute } from '../../http/route.ts';

export const listRequests: ApiRoute = {
  name: 'listRequests',
  method: 'GET',
  classic: ['/requests'],
  newer: ['/requests'],
  tag: 'requests',
  summary: 'All requests, by their pk',
  success: { status: 200, classic: z.record(z.string(), requestSummarySchema) },
  refusals: [],
  handle: async (core) => ({ value: await requestsOf(core), message: 'Requests' }),
};
