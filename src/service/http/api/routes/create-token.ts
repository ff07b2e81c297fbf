import { createTokenSchema, tokenResponseSchema } from '../../../../contract/service-api/tokens.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiServices } from '../api-services.ts';
import type { CallLimits } from '../call-limits.ts';
import { errorResponses } from '../error-responses.ts';

export function createToken(
  server: ApiServer,
  { sessions }: Pick<ApiServices, 'sessions'>,
  callers: Pick<CallLimits, 'withinLogIns'>,
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
    },
    async (request, reply) => {
      const { username, password } = request.body;
      const logIn = () => sessions.login(username, password);
      return reply.status(201).send(await callers.withinLogIns(request, logIn));
    },
  );
}
