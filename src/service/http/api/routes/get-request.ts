import { z } from 'zod';
import { requestIdSchema } from '../../../../contract/model/request-id.ts';
import { requestViewSchema } from '../../../../contract/service-api/requests.ts';
import { toRequestView } from '../../../ra/registration.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiServices } from '../api-services.ts';
import { errorResponses } from '../error-responses.ts';
import { officerOf } from '../officer.ts';

export function getRequest(server: ApiServer, { access }: Pick<ApiServices, 'access'>): void {
  server.get(
    '/v1/requests/:id',
    {
      schema: {
        summary: 'A request and its state',
        tags: ['requests'],
        params: z.object({ id: requestIdSchema }),
        response: { 200: requestViewSchema, ...errorResponses(401, 404) },
      },
    },
    async (request) => toRequestView(await access(request.params.id, officerOf(request))),
  );
}
