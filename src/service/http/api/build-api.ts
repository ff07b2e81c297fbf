import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { ServiceConfig } from '../../config/service-config.ts';
import type { AnsweredCall } from '../access-log.ts';
import { createServer } from '../create-server.ts';
import { mountRoutes } from '../mount-routes.ts';
import { PROBES } from '../probes.ts';
import type { TlsIdentity } from '../tls.ts';
import type { ApiServices } from './api-services.ts';
import { documentApi } from './document-api.ts';
import { parseJsonBodies } from './json-bodies.ts';
import { ID_PICTURE_ROUTES } from './routes/id-pictures.ts';
import { REQUEST_ROUTES } from './routes/requests.ts';
import { SANDBOX_ROUTES } from './routes/sandbox.ts';
import { SEAL_ROUTES } from './routes/seals.ts';
import { SERVICE_ROUTES } from './routes/service.ts';
import { SIGNING_ROUTES } from './routes/signing.ts';

export interface ApiOptions {
  readonly services: ApiServices;
  readonly limits: ServiceConfig['limits'];
  readonly mode: ServiceConfig['mode'];
  readonly tls: TlsIdentity | undefined;
  readonly log: Logger;
  readonly onAnswered?: (call: AnsweredCall) => void;
}

/** The API that stations call: JSON over HTTP, with TLS and client certificates where configured. */
export async function buildApi({
  services,
  limits,
  mode,
  tls,
  log,
  onAnswered,
}: ApiOptions): Promise<FastifyInstance> {
  const server = await createServer({ limits, tls, log, onAnswered });
  parseJsonBodies(server);
  await documentApi(server);
  const routes = [
    ...PROBES,
    ...SERVICE_ROUTES,
    ...REQUEST_ROUTES,
    ...ID_PICTURE_ROUTES,
    ...SIGNING_ROUTES,
    ...SEAL_ROUTES,
    ...(mode === 'sandbox' ? SANDBOX_ROUTES : []),
  ];
  await mountRoutes(server, services, routes, limits);
  return server;
}
