import { z } from 'zod';
import { requestIdSchema } from '../../../../contract/model/request-id.ts';
import { requestViewSchema } from '../../../../contract/service-api/requests.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiServices } from '../api-services.ts';
import { errorResponses } from '../error-responses.ts';
import { officerOf } from '../officer.ts';

export function cancelRequest(server: ApiServer, { registration }: Pick<ApiServices, 'registration'>): void {
  server.post(
    '/v1/requests/:id/cancel',
    {
      schema: {
        summary: 'Ends a request before it is signed',
        tags: ['requests'],
        params: z.object({ id: requestIdSchema }),
        response: { 200: requestViewSchema, ...errorResponses(401, 404, 409) },
      },
    },
    async (request) => registration.cancel(officerOf(request), request.params.id),
  );
}
