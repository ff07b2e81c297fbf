import { maxHeaderSize, type Server } from 'node:http';
import helmet from '@fastify/helmet';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { endingConnections } from '../../base/ending-connections.ts';
import { type ApiCore, Views } from '../core/api-core.ts';
import { Refusal } from '../core/refusal.ts';
import { API_ROUTES } from '../routes/index.ts';
import { admitCaller, type CallerRules } from '../security/caller-guard.ts';
import { EVERYBODY } from '../store/owners.ts';
import { parseBodies } from './bodies.ts';
import { classicDialect, type Dialect, newerDialect } from './dialect.ts';
import { mountRoutes, respondWithRefusal } from './mount.ts';
import { documentApi } from './openapi.ts';
import { mountReadiness } from './readiness-route.ts';

/** Key and certificate of the server; with `ca` only callers with a certificate of that authority get in. */
export interface ServerTls {
  readonly key: Buffer;
  readonly cert: Buffer;
  readonly ca?: Buffer;
}

export interface ServerOptions {
  readonly rules: CallerRules;
  readonly tls: ServerTls | undefined;
  /** Told of the owner of each call before it is answered. */
  readonly onCaller: (owner: string) => Promise<void>;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The application that calls. */
    owner: string;
  }
}

const MAX_BODY_BYTES = 1024 * 1024;
/** What Node takes of a head altogether: whatever came in is judged by its route. */
const MAX_PARAMETER = maxHeaderSize;
const MAX_CONNECTIONS = 2000;
/** Of a whole call: an upload of 1 GB over a slow line, but not for ever. */
const REQUEST_TIMEOUT_MS = 30 * 60_000;
/** Headers that trickle, and connections on which nothing moves; a signature may take a minute. */
const HEADERS_TIMEOUT_MS = 15_000;
const IDLE_TIMEOUT_MS = 5 * 60_000;
const KEEP_ALIVE_MS = 30_000;
/** For the rest of an upload, once the server is to stop. */
const PATIENCE_MS = 10_000;

const DOUBLED = /^\/oneshot\/api\/v1\/api\/v1(?=\/|$|\?)/;

/** The HTTP server of both dialects; it listens only when it is told to. */
export async function buildServer(core: ApiCore, options: ServerOptions): Promise<FastifyInstance> {
  const refuse: Refuse = (thrown, request, reply) =>
    respondWithRefusal(thrown, core, dialectOf(request.url), request, reply);
  const server = createServer(options.tls, refuse);
  parseBodies(server, core.files.incoming);
  // What a call says is judged by its route, with the texts that clients know.
  server.setValidatorCompiler(() => () => true);
  server.setSerializerCompiler(() => (value) => JSON.stringify(value));
  await server.register(helmet, {
    contentSecurityPolicy: {
      directives: { upgradeInsecureRequests: options.tls === undefined ? null : [] },
    },
    hsts: options.tls !== undefined,
  });
  server.decorateRequest('owner', EVERYBODY);
  server.addHook('onRequest', async (request) => {
    request.owner = await admitCaller(options.rules, request);
    await options.onCaller(request.owner);
  });
  server.addHook('onSend', async (_request, reply) => {
    void reply.header('cache-control', 'no-store');
  });
  server.setErrorHandler(refuse);
  server.setNotFoundHandler((request, reply) =>
    refuse(new Refusal(404, 'There is no such call'), request, reply),
  );
  await documentApi(server, core.version, options.rules.clients !== undefined);
  server.get('/health', { schema: { hide: true } }, async (_request, reply) => reply.send({ status: 'ok' }));
  mountReadiness(server, core);
  const views = new Views(core);
  for (const dialect of [classicDialect, newerDialect]) {
    mountRoutes(server, views, API_ROUTES, dialect);
  }
  return server;
}

const dialectOf = (url: string): Dialect =>
  url.startsWith(newerDialect.prefix) ? newerDialect : classicDialect;

type Refuse = (thrown: unknown, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** @param refuse answers what fails before there is a route, e.g. an address that cannot be decoded */
function createServer(tls: ServerTls | undefined, refuse: Refuse): FastifyInstance {
  const common = {
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: IDLE_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    // Documents of the newer dialect print its prefix twice.
    frameworkErrors: (thrown: unknown, request: FastifyRequest, reply: FastifyReply) =>
      void refuse(thrown, request, reply),
    rewriteUrl: ({ url = '/' }: { url?: string | undefined }) => url.replace(DOUBLED, newerDialect.prefix),
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: MAX_PARAMETER },
  } as const;
  const https = tls && {
    ...tls,
    requestCert: tls.ca !== undefined,
    rejectUnauthorized: tls.ca !== undefined,
    minVersion: 'TLSv1.2' as const,
  };
  const server = (https ? fastify({ ...common, https }) : fastify(common)) as unknown as FastifyInstance;
  const raw: Server = server.server;
  raw.headersTimeout = HEADERS_TIMEOUT_MS;
  raw.maxConnections = MAX_CONNECTIONS;
  const endConnections = endingConnections(raw, PATIENCE_MS);
  server.addHook('preClose', async () => endConnections());
  return server;
}
