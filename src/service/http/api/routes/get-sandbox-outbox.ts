import { z } from 'zod';
import { toUtcSeconds } from '../../../../contract/model/encoding.ts';
import { requestIdSchema } from '../../../../contract/model/request-id.ts';
import { outboxSchema } from '../../../../contract/service-api/otp.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiServices } from '../api-services.ts';
import { errorResponses } from '../error-responses.ts';
import { officerOf } from '../officer.ts';

/** Registered in sandbox mode only: in production this address does not exist. */
export function getSandboxOutbox(
  server: ApiServer,
  { access, store }: Pick<ApiServices, 'access' | 'store'>,
): void {
  server.get(
    '/v1/sandbox/outbox',
    {
      schema: {
        summary: 'The simulated SMS of a request, newest last',
        tags: ['sandbox'],
        querystring: z.object({ request: requestIdSchema }),
        response: { 200: outboxSchema, ...errorResponses(401, 404) },
      },
    },
    async (request) => {
      const { id } = await access(request.query.request, officerOf(request));
      const messages = await store.sandboxMessages.ofRequest(id);
      return {
        messages: messages.map(({ recipient, text, sentAt, reference }) => ({
          to: recipient,
          text,
          sentAt: toUtcSeconds(new Date(sentAt)),
          reference,
        })),
      };
    },
  );
}
