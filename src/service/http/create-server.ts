import type { IncomingMessage } from 'node:http';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { OssError } from '../../contract/errors.ts';
import type { ServiceConfig } from '../config/service-config.ts';
import { type AnsweredCall, logAccess } from './access-log.ts';
import { respondToErrors } from './error-handler.ts';
import type { TlsIdentity } from './tls.ts';
import { traceOf } from './trace-context.ts';

export interface ServerOptions {
  readonly limits: ServiceConfig['limits'];
  readonly log: Logger;
  /** Told of every call: its route as it is declared, never the address. */
  readonly onAnswered?: ((call: AnsweredCall) => void) | undefined;
  /** Undefined: plain HTTP. */
  readonly tls?: TlsIdentity | undefined;
  /** Largest body, where it is not the one of the configuration. */
  readonly bodyBytes?: number;
  /** Longest part of a path, in characters. */
  readonly maxParamLength?: number;
}

/**
 * The one HTTP set-up of every listener of the service: limits, headers, the shape of failures, one line of log a call.
 * Routes come from `mountRoutes`.
 */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { limits, log, tls, bodyBytes = limits.bodyBytes, maxParamLength = 100 } = options;
  const common = {
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyBytes,
    requestTimeout: limits.requestTimeoutSeconds * 1000,
    // The times of a call are ours to give, its identifier too: none is taken from the caller.
    requestIdHeader: false,
    // Every line of a call says which trace it belongs to.
    childLoggerFactory: (
      logger: FastifyBaseLogger,
      bindings: object,
      given: object,
      { headers }: Pick<IncomingMessage, 'headers'>,
    ) => logger.child({ ...bindings, ...traceOf(headers.traceparent) }, given),
    routerOptions: { maxParamLength },
  } as const;
  const server = (tls === undefined
    ? fastify(common)
    : fastify({ ...common, https: tls })) as unknown as FastifyInstance;
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
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
  respondToErrors(server);
  logAccess(server, options.onAnswered);
  return server;
}
