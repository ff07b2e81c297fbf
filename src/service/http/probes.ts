import { z } from 'zod';
import { SOON_SECONDS } from '../../contract/retry-after.ts';
import { type Readiness, readinessSchema } from '../../contract/service-api/readiness.ts';
import { openRoutes, type Route } from './route.ts';

interface Probed {
  readonly ready: () => Promise<Readiness>;
}

const route = openRoutes<Probed>();

const health = route({
  method: 'GET',
  path: '/health',
  summary: 'Whether the process answers',
  tag: 'service',
  responses: { 200: z.object({ status: z.literal('ok') }) },
  limit: 'unlimited',
  handle: async () => ({ value: { status: 'ok' as const } }),
});

const ready = route({
  method: 'GET',
  path: '/ready',
  summary: 'Whether calls can be served now: database, keys, clock, time stamps, SMS',
  tag: 'service',
  responses: { 200: readinessSchema, 503: readinessSchema },
  limit: 'unlimited',
  async handle(services) {
    const value = await services.ready();
    const headers = { 'cache-control': 'no-store' };
    if (value.status === 'ready') return { value, headers };
    return { status: 503, value, headers: { ...headers, 'retry-after': String(SOON_SECONDS) } };
  },
});

/**
 * For what watches the service every few seconds: `/health` while the process answers, `/ready` while it can
 * work. On every listener, because what watches rarely has a client certificate. Neither says why; the log
 * does.
 */
export const PROBES: readonly Route<Probed>[] = [health, ready];
