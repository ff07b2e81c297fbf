import { z } from 'zod';
import { toUtcSeconds } from '../../../../contract/model/encoding.ts';
import { requestIdSchema } from '../../../../contract/model/request-id.ts';
import { outboxSchema } from '../../../../contract/service-api/otp.ts';
import { officerRoute } from '../api-route.ts';

const getSandboxOutbox = officerRoute({
  method: 'GET',
  path: '/v1/sandbox/outbox',
  summary: 'The simulated SMS of a request, newest last',
  tag: 'sandbox',
  takes: { query: z.object({ request: requestIdSchema }) },
  responses: { 200: outboxSchema },
  refusals: [401, 404],
  async handle({ access, store }, { caller, query: { request } }) {
    await access(request, caller);
    const messages = await store.sandboxMessages.ofRequest(request);
    return {
      value: {
        messages: messages.map(({ recipient, text, sentAt, reference }) => ({
          to: recipient,
          text,
          sentAt: toUtcSeconds(new Date(sentAt)),
          reference,
        })),
      },
    };
  },
});

/** Of the sandbox only: in production these addresses do not exist. */
export const SANDBOX_ROUTES = [getSandboxOutbox];
