import { createTokenSchema, tokenResponseSchema } from '../../../../contract/service-api/tokens.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiServices } from '../api-services.ts';
import { errorResponses } from '../error-responses.ts';

export function createToken(
  server: ApiServer,
  { sessions }: Pick<ApiServices, 'sessions'>,
  loginsPerMinute: number,
): void {
  server.post(
    '/v1/tokens',
    {
      schema: {
        summary: 'Log-in of a registration officer',
        tags: ['officers'],
        security: [],
        body: createTokenSchema,
        response: { 201: tokenResponseSchema, ...errorResponses(400, 401, 429) },
      },
      config: { rateLimit: { max: loginsPerMinute, timeWindow: '1 minute' } },
    },
    async (request, reply) => {
      const { username, password } = request.body;
      return reply.status(201).send(await sessions.login(username, password));
    },
  );
}
