import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { LogController } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { OssError } from '../../../contract/errors.ts';
import type { ServiceConfig } from '../../config/service-config.ts';
import { logAccess } from '../access-log.ts';
import { respondToErrors } from '../error-handler.ts';
import { respondToProbes } from '../readiness-route.ts';
import type { TlsIdentity } from '../tls.ts';
import type { ApiServer } from './api-server.ts';
import type { ApiServices } from './api-services.ts';
import { documentApi } from './document-api.ts';
import { parseJsonBodies } from './json-bodies.ts';
import { authenticateOfficer } from './officer.ts';
import { cancelRequest } from './routes/cancel-request.ts';
import { createRequest } from './routes/create-request.ts';
import { createToken } from './routes/create-token.ts';
import { getContract } from './routes/get-contract.ts';
import { getDelivery } from './routes/get-delivery.ts';
import { getEvents } from './routes/get-events.ts';
import { getInfo } from './routes/get-info.ts';
import { getRequest } from './routes/get-request.ts';
import { getSandboxOutbox } from './routes/get-sandbox-outbox.ts';
import { getSignature } from './routes/get-signature.ts';
import { idPictures } from './routes/id-pictures.ts';
import { sendOtp } from './routes/send-otp.ts';
import { sign } from './routes/sign.ts';

export interface ApiOptions {
  readonly services: ApiServices;
  readonly limits: ServiceConfig['limits'];
  readonly mode: ServiceConfig['mode'];
  readonly tls: TlsIdentity | undefined;
  readonly log: Logger;
}

/** The API that stations call: JSON over HTTP, with TLS and client certificates where configured. */
export async function buildApi(options: ApiOptions): Promise<ApiServer> {
  const { services, limits, mode, tls } = options;
  const server = createServer(options);
  await server.register(helmet, {
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: tls === undefined ? null : [] } },
    hsts: tls !== undefined,
  });
  await server.register(rateLimit, {
    max: limits.callsPerMinute,
    timeWindow: '1 minute',
    errorResponseBuilder: (_request, { ttl }) =>
      new OssError('OSS_RATE_LIMITED', { retryAfterSeconds: Math.ceil(ttl / 1000) }),
  });
  respondToErrors(server as never);
  logAccess(server as never);
  parseJsonBodies(server as never);
  await documentApi(server);

  getInfo(server, services);
  respondToProbes(server as never, services.ready);
  createToken(server, services, limits.loginsPerMinute);
  await server.register(async (scope) => {
    const officers = scope.withTypeProvider<ZodTypeProvider>();
    officers.decorateRequest('officer', undefined);
    officers.addHook('onRequest', authenticateOfficer(services.sessions));
    createRequest(officers, services);
    getRequest(officers, services);
    idPictures(officers, services);
    getContract(officers, services);
    getEvents(officers, services);
    getDelivery(officers, services);
    sendOtp(officers, services);
    sign(officers, services);
    getSignature(officers, services);
    cancelRequest(officers, services);
    if (mode === 'sandbox') getSandboxOutbox(officers, services);
  });
  return server;
}

function createServer({ limits, tls, log }: ApiOptions): ApiServer {
  const common = {
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestTimeoutSeconds * 1000,
    // The times of a call are ours to give, its identifier too: none is taken from the caller.
    requestIdHeader: false,
  } as const;
  const server = (tls === undefined
    ? fastify(common)
    : fastify({ ...common, https: tls })) as unknown as ApiServer;
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  return server;
}
