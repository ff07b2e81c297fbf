import { serviceInfoSchema } from '../../../../contract/service-api/info.ts';
import { createTokenSchema, tokenResponseSchema } from '../../../../contract/service-api/tokens.ts';
import { openRoute } from '../api-route.ts';

const getInfo = openRoute({
  method: 'GET',
  path: '/v1/info',
  summary: 'What the service offers and what it costs in bytes and minutes',
  tag: 'service',
  responses: { 200: serviceInfoSchema },
  handle: async ({ info }) => ({ value: info() }),
});

const createToken = openRoute({
  method: 'POST',
  path: '/v1/tokens',
  summary: 'Log-in of a registration officer',
  tag: 'officers',
  takes: { body: createTokenSchema },
  responses: { 201: tokenResponseSchema },
  refusals: [400, 401, 429],
  limit: 'loginsPerMinute',
  async handle({ sessions }, { body }) {
    return { status: 201, value: await sessions.login(body.username, body.password) };
  },
});

/** What needs no log-in, and the log-in. */
export const SERVICE_ROUTES = [getInfo, createToken];
