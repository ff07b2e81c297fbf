import type { IncomingMessage } from 'node:http';
import helmet from '@fastify/helmet';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { endingConnections } from '../../base/ending-connections.ts';
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

/** Bodies are small: what has not come whole by then, once the service is to stop, is sent again elsewhere. */
const PATIENCE_MS = 1000;

/**
 * The one HTTP set-up of every listener of the service: sizes, headers, the shape of failures, one line of log a call.
 * Routes and how often they may be called come from `mountRoutes`.
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
  const endConnections = endingConnections(server.server, PATIENCE_MS);
  server.addHook('preClose', async () => endConnections());
  await server.register(helmet, {
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: tls === undefined ? null : [] } },
    hsts: tls !== undefined,
  });
  respondToErrors(server);
  logAccess(server, options.onAnswered);
  return server;
}
