import { z } from 'zod';
import { requestIdSchema } from '../../../../contract/model/request-id.ts';
import { idempotencyKeySchema } from '../../../../contract/service-api/requests.ts';
import { signResponseSchema, signSchema } from '../../../../contract/service-api/sign.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiServices } from '../api-services.ts';
import { errorResponses } from '../error-responses.ts';
import { officerOf } from '../officer.ts';

export function sign(
  server: ApiServer,
  { access, signing, profileOf }: Pick<ApiServices, 'access' | 'signing' | 'profileOf'>,
): void {
  server.post(
    '/v1/requests/:id/sign',
    {
      schema: {
        summary:
          'Signs every document of the manifest, once; the same idempotency key answers the same bytes',
        tags: ['signing'],
        headers: z.object({ 'idempotency-key': idempotencyKeySchema }),
        params: z.object({ id: requestIdSchema }),
        body: signSchema,
        response: { 200: signResponseSchema, ...errorResponses(400, 401, 403, 404, 409, 410, 503) },
      },
      // The stored bytes go out as they are: serialising them again could change them.
      serializerCompiler: () => (data) => String(data),
    },
    async (request, reply) => {
      const found = await access(request.params.id, officerOf(request));
      const key = request.headers['idempotency-key'];
      const answer = await signing.sign(found, profileOf(found.profile), request.body, key);
      return reply.type('application/json; charset=utf-8').send(Buffer.from(answer) as never);
    },
  );
}
