import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { ServiceConfig } from '../../config/service-config.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import { createServer } from '../create-server.ts';
import { mountRoutes } from '../mount-routes.ts';
import { openRoutes } from '../route.ts';

interface MetricsServices {
  readonly metrics: Pick<Metrics, 'text'>;
}

export interface MetricsOptions {
  readonly services: MetricsServices;
  readonly limits: ServiceConfig['limits'];
  readonly log: Logger;
}

const getMetrics = openRoutes<MetricsServices>()({
  method: 'GET',
  path: '/metrics',
  summary: 'Counters and values of this process, for Prometheus',
  tag: 'service',
  handle: async ({ metrics }) => ({
    bytes: await metrics.text(),
    mediaType: 'text/plain; version=0.0.4; charset=utf-8',
  }),
});

/** For those who watch this process, on a listener that nobody else reaches. */
export async function buildMetrics({ services, limits, log }: MetricsOptions): Promise<FastifyInstance> {
  const server = await createServer({ limits, log });
  await mountRoutes(server, services, [getMetrics], limits);
  return server;
}
