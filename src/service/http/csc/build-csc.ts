import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { toOssError } from '../../../contract/errors.ts';
import type { ServiceConfig } from '../../config/service-config.ts';
import { CscError, toCscError } from '../../csc/csc-error.ts';
import type { CscServices } from '../../csc/index.ts';
import type { AnsweredCall } from '../access-log.ts';
import { parseJsonBodies } from '../api/json-bodies.ts';
import { createServer } from '../create-server.ts';
import { describeCause, translate } from '../error-handler.ts';
import { mountRoutes } from '../mount-routes.ts';
import type { TlsIdentity } from '../tls.ts';
import { credentialRoutes, VERSIONED_CREDENTIAL_ROUTES } from './routes/credentials.ts';
import { OAUTH_ROUTES } from './routes/oauth.ts';
import { logo, serviceRoutes } from './routes/service.ts';
import { DOCUMENT_ROUTES, signatureRoutes } from './routes/signatures.ts';

export interface CscOptions {
  readonly services: CscServices;
  readonly limits: ServiceConfig['limits'];
  readonly tls: TlsIdentity | undefined;
  readonly log: Logger;
  readonly onAnswered?: (call: AnsweredCall) => void;
}

/** The CSC interface: JSON and forms over HTTP, errors in the words of the standard. */
export async function buildCsc({
  services,
  limits,
  tls,
  log,
  onAnswered,
}: CscOptions): Promise<FastifyInstance> {
  const server = await createServer({ limits, tls, log, onAnswered });
  await server.register(async (scope) => {
    parseJsonBodies(scope);
    parseForms(scope);
    respondInTheirWords(scope);
    const versions = (['v1', 'v2'] as const).flatMap((version) => [
      ...serviceRoutes(version),
      ...credentialRoutes(version),
      ...signatureRoutes(version),
    ]);
    const routes = [logo, ...versions, ...VERSIONED_CREDENTIAL_ROUTES, ...DOCUMENT_ROUTES, ...OAUTH_ROUTES];
    await mountRoutes(scope, services, routes, limits);
  });
  return server;
}

function parseForms(scope: FastifyInstance): void {
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_request: unknown, body: string) => {
      const form = new URLSearchParams(body);
      for (const name of form.keys())
        if (form.getAll(name).length > 1)
          throw new CscError('invalid_request', `The parameter ${name} stands twice.`);
      return Object.fromEntries(form);
    },
  );
}

function respondInTheirWords(scope: FastifyInstance): void {
  scope.setErrorHandler((thrown: FastifyError, request, reply: FastifyReply) => {
    const known: unknown = thrown;
    const error = known instanceof CscError ? known : toCscError(translate(thrown));
    if (error.status >= 500)
      request.log.error({ code: error.error, cause: describeCause(toOssError(thrown)) }, 'failed');
    // RFC 6749 §5.2, RFC 6750 §3.
    const isLogin = error.error === 'invalid_client' || error.error === 'authentication_error';
    if (error.status === 401) void reply.header('www-authenticate', isLogin ? 'Basic' : 'Bearer');
    return reply
      .status(error.status)
      .type('application/json')
      .send(JSON.stringify({ error: error.error, error_description: error.message }));
  });
}
