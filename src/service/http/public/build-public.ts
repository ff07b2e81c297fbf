import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { ServiceConfig } from '../../config/service-config.ts';
import type { AnsweredCall } from '../access-log.ts';
import { createServer } from '../create-server.ts';
import { mountRoutes } from '../mount-routes.ts';
import { PROBES } from '../probes.ts';
import type { PublicServices } from './public-services.ts';
import { CERTIFICATE_ROUTES } from './routes/certificates.ts';
import { LOG_ROUTES } from './routes/log.ts';
import { OCSP_ROUTES } from './routes/ocsp.ts';
import { RECEIPT_ROUTES } from './routes/receipts.ts';
import { timestamp } from './routes/timestamp.ts';

/** RFC 3161 requests and OCSP requests are some hundred bytes. */
const BODY_BYTES = 64 * 1024;
/** An OCSP request in a path is longer than the default of 100 characters (RFC 6960 Appendix A.1). */
const PARAMETER_LENGTH = 2048;

export interface PublicOptions {
  readonly services: PublicServices;
  readonly limits: ServiceConfig['limits'];
  readonly log: Logger;
  readonly onAnswered?: (call: AnsweredCall) => void;
}

/**
 * The part that everybody reads: CRL, OCSP, authority certificates, time stamps, transparency log. Plain HTTP, because
 * every answer is signed and validators expect it so (RFC 5280 §8, RFC 6960 Appendix A).
 */
export async function buildPublic({
  services,
  limits,
  log,
  onAnswered,
}: PublicOptions): Promise<FastifyInstance> {
  const server = await createServer({
    limits,
    log,
    onAnswered,
    bodyBytes: BODY_BYTES,
    maxParamLength: PARAMETER_LENGTH,
  });
  const routes = [
    ...PROBES,
    ...CERTIFICATE_ROUTES,
    ...OCSP_ROUTES,
    timestamp,
    ...RECEIPT_ROUTES,
    ...LOG_ROUTES,
  ];
  await mountRoutes(server, services, routes, limits);
  return server;
}
