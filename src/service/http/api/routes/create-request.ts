import { z } from 'zod';
import {
  createRequestSchema,
  idempotencyKeySchema,
  requestViewSchema,
} from '../../../../contract/service-api/requests.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiServices } from '../api-services.ts';
import { errorResponses } from '../error-responses.ts';
import { officerOf } from '../officer.ts';

export function createRequest(server: ApiServer, { registration }: Pick<ApiServices, 'registration'>): void {
  server.post(
    '/v1/requests',
    {
      schema: {
        summary: 'Registers a signer: identity plus the approval of the registration officer (PIN)',
        tags: ['requests'],
        headers: z.object({ 'idempotency-key': idempotencyKeySchema.optional() }),
        body: createRequestSchema,
        response: { 201: requestViewSchema, ...errorResponses(400, 401, 403, 409, 422, 429) },
      },
    },
    async (request, reply) => {
      const key = request.headers['idempotency-key'];
      return reply.status(201).send(await registration.create(officerOf(request), request.body, key));
    },
  );
}
