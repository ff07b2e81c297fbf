import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SOON_SECONDS } from '../../contract/retry-after.ts';
import { type Readiness, readinessSchema } from '../../contract/service-api/readiness.ts';

/** Those who watch the service ask as often as they like. */
export const isProbe = ({ routeOptions: { url } }: FastifyRequest): boolean =>
  url === '/health' || url === '/ready';

const common = { tags: ['service'], security: [] };

/**
 * For who watches the service every few seconds: `/health` while the process answers, `/ready` while it can work. On
 * both listeners, because what watches rarely has a client certificate. Neither says why; the log does.
 */
export function respondToProbes(server: FastifyInstance, ready: () => Promise<Readiness>): void {
  server.get(
    '/health',
    {
      schema: {
        summary: 'Whether the process answers',
        ...common,
        response: { 200: z.object({ status: z.literal('ok') }) },
      },
      config: { rateLimit: false },
    },
    async () => ({ status: 'ok' as const }),
  );
  server.get(
    '/ready',
    {
      schema: {
        summary: 'Whether calls can be served now: database, keys, clock, time stamps, SMS',
        ...common,
        response: { 200: readinessSchema, 503: readinessSchema },
      },
      config: { rateLimit: false },
    },
    async (_request, reply) => {
      const readiness = await ready();
      void reply.header('cache-control', 'no-store');
      if (readiness.status === 'ready') return reply.send(readiness);
      return reply.status(503).header('retry-after', String(SOON_SECONDS)).send(readiness);
    },
  );
}
