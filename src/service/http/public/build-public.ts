import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { OssError } from '../../../contract/errors.ts';
import type { ServiceConfig } from '../../config/service-config.ts';
import { logAccess } from '../access-log.ts';
import { respondToErrors } from '../error-handler.ts';
import { respondToProbes } from '../readiness-route.ts';
import type { PublicServices } from './public-services.ts';
import { getCertificate } from './routes/get-certificate.ts';
import { getCrl } from './routes/get-crl.ts';
import { getPracticeStatement } from './routes/get-practice-statement.ts';
import { ocspOverGet, ocspOverPost } from './routes/ocsp.ts';
import { takeReceipts } from './routes/receipts.ts';
import { timestamp } from './routes/timestamp.ts';

/** RFC 3161 requests and OCSP requests are some hundred bytes. */
const BODY_BYTES = 64 * 1024;

export interface PublicOptions {
  readonly services: PublicServices;
  readonly limits: ServiceConfig['limits'];
  readonly log: Logger;
}

/**
 * The part that everybody reads: CRL, OCSP, authority certificates, time stamps. Plain HTTP, because every
 * answer is signed and validators expect it so (RFC 5280 §8, RFC 6960 Appendix A).
 */
export async function buildPublic({ services, limits, log }: PublicOptions): Promise<FastifyInstance> {
  const server = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_BYTES,
    requestTimeout: limits.requestTimeoutSeconds * 1000,
    requestIdHeader: false,
    // An OCSP request in a path is longer than the default of 100 characters (RFC 6960 Appendix A.1).
    routerOptions: { maxParamLength: 2048 },
  }) as unknown as FastifyInstance;
  await server.register(helmet, { hsts: false });
  await server.register(rateLimit, {
    max: limits.callsPerMinute,
    timeWindow: '1 minute',
    errorResponseBuilder: (_request, { ttl }) =>
      new OssError('OSS_RATE_LIMITED', { retryAfterSeconds: Math.ceil(ttl / 1000) }),
  });
  respondToErrors(server);
  logAccess(server);
  server.removeAllContentTypeParsers();
  for (const type of ['application/timestamp-query', 'application/ocsp-request']) {
    server.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  }
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  respondToProbes(server, services.ready);
  getCrl(server, services);
  ocspOverPost(server, services);
  ocspOverGet(server, services);
  getCertificate(server, services);
  timestamp(server, services);
  getPracticeStatement(server, services);
  await takeReceipts(server, services.receipts);
  return server;
}
