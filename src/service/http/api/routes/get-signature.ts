import { z } from 'zod';
import { requestIdSchema } from '../../../../contract/model/request-id.ts';
import { idempotencyKeySchema } from '../../../../contract/service-api/requests.ts';
import { signResponseSchema } from '../../../../contract/service-api/sign.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiServices } from '../api-services.ts';
import { errorResponses } from '../error-responses.ts';
import { officerOf } from '../officer.ts';

export function getSignature(
  server: ApiServer,
  { access, signing }: Pick<ApiServices, 'access' | 'signing'>,
): void {
  server.get(
    '/v1/requests/:id/signature',
    {
      schema: {
        summary: 'The answer to an earlier sign call with this idempotency key, byte for byte',
        tags: ['signing'],
        headers: z.object({ 'idempotency-key': idempotencyKeySchema }),
        params: z.object({ id: requestIdSchema }),
        response: { 200: signResponseSchema, ...errorResponses(401, 404, 409) },
      },
      serializerCompiler: () => (data) => String(data),
    },
    async (request, reply) => {
      const found = await access(request.params.id, officerOf(request));
      const answer = await signing.responseOf(found.id, request.headers['idempotency-key']);
      return reply.type('application/json; charset=utf-8').send(Buffer.from(answer) as never);
    },
  );
}
