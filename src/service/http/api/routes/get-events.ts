import { z } from 'zod';
import { requestIdSchema } from '../../../../contract/model/request-id.ts';
import { requestEventsSchema } from '../../../../contract/service-api/requests.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiServices } from '../api-services.ts';
import { errorResponses } from '../error-responses.ts';
import { officerOf } from '../officer.ts';

export function getEvents(server: ApiServer, { access, store }: Pick<ApiServices, 'access' | 'store'>): void {
  server.get(
    '/v1/requests/:id/events',
    {
      schema: {
        summary: 'What happened to a request: append-only, hash-chained',
        tags: ['requests'],
        params: z.object({ id: requestIdSchema }),
        response: { 200: requestEventsSchema, ...errorResponses(401, 404) },
      },
    },
    async (request) => {
      const { id } = await access(request.params.id, officerOf(request));
      return { events: await store.events.read(id) };
    },
  );
}
