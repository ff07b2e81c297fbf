import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { onBehalfOf } from '../../optimizer/index.ts';
import type { ApiCore, CallCore, Views } from '../core/api-core.ts';
import type { FileOutcome, RequestOutcome } from '../core/outcome.ts';
import { Refusal, toRefusal } from '../core/refusal.ts';
import type { Form } from '../core/uploaded-form.ts';
import type { ApiCall, ApiRoute } from '../routes/route.ts';
import { bodiesOf } from './bodies.ts';
import { contentDisposition } from './content-disposition.ts';
import type { Dialect } from './dialect.ts';
import { drain } from './drain.ts';
import { readUpload } from './lone-file.ts';
import { describeRoute } from './openapi.ts';
import { discard } from './receive-file.ts';

/** Puts the routes under the prefix of a dialect; aliases answer too but are not documented. */
export function mountRoutes(
  server: FastifyInstance,
  views: Views,
  routes: readonly ApiRoute[],
  dialect: Dialect,
): void {
  for (const route of routes) mountRoute(server, views, route, dialect, routes);
  refuseOtherMethods(server, views.core, routes, dialect);
}

function mountRoute(
  server: FastifyInstance,
  views: Views,
  route: ApiRoute,
  dialect: Dialect,
  routes: readonly ApiRoute[],
): void {
  for (const [index, path] of route[dialect.name].entries()) {
    server.route({
      method: route.method,
      url: `${dialect.prefix}${path}`,
      ...(index === 0 ? describeRoute(route, dialect, routes) : { schema: { hide: true } }),
      config: { bodies: bodiesOf(route) },
      ...(route.body?.maxBytes === undefined ? {} : { bodyLimit: route.body.maxBytes }),
      errorHandler: (thrown, request, reply) =>
        respondWithRefusal(thrown, views.core, dialect, request, reply),
      handler: (request, reply) => respond(route, views.of(request.owner), dialect, request, reply),
    });
  }
}

/** A known address with another method is no unknown address: 405, with those that it has (RFC 9110 §15.5.6). */
function refuseOtherMethods(
  server: FastifyInstance,
  core: ApiCore,
  routes: readonly ApiRoute[],
  dialect: Dialect,
): void {
  for (const [path, methods] of methodsByPath(routes, dialect)) {
    server.route({
      method: server.supportedMethods.filter((method) => !methods.has(method)),
      url: `${dialect.prefix}${path}`,
      schema: { hide: true },
      // Before a body of it is read.
      async onRequest({ method }, reply) {
        void reply.header('allow', [...methods].join(', '));
        throw new Refusal(405, `${method} is not a method of this call`);
      },
      errorHandler: (thrown, request, reply) => respondWithRefusal(thrown, core, dialect, request, reply),
      handler: async () => undefined,
    });
  }
}

function methodsByPath(routes: readonly ApiRoute[], dialect: Dialect): ReadonlyMap<string, Set<string>> {
  const served = new Map<string, Set<string>>();
  for (const { method, [dialect.name]: paths } of routes) {
    for (const path of paths) {
      const methods = served.get(path) ?? new Set();
      served.set(path, methods.add(method));
      if (method === 'GET') methods.add('HEAD');
    }
  }
  return served;
}

async function respond(
  route: ApiRoute,
  core: CallCore,
  dialect: Dialect,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const forms: Form[] = [];
  try {
    // What a call removed is gone before it is answered.
    const outcome = await onBehalfOf(request.owner, () =>
      route.handle(core, callOf(core, dialect, request, reply, forms)),
    ).finally(() => core.store.scrub());
    return await responseOutcome(outcome, route, dialect, reply);
  } finally {
    for (const { uploads } of forms) await discard(uploads);
  }
}

function callOf(
  core: ApiCore,
  dialect: Dialect,
  request: FastifyRequest,
  reply: FastifyReply,
  forms: Form[],
): ApiCall {
  const { body } = request;
  return {
    dialect: dialect.name,
    params: request.params as Record<string, string>,
    query: request.query as Record<string, string | undefined>,
    body: body instanceof Readable ? undefined : body,
    isForm: body instanceof Readable,
    idempotencyKey: idempotencyKeyOf(request),
    async form(limits) {
      if (!(body instanceof Readable)) throw new Refusal(400, 'A form with multipart/form-data is needed');
      const form = await readUpload(body, request.headers, core.files.incoming, limits);
      forms.push(form);
      return form;
    },
    onAnswered(listener) {
      reply.raw.once('finish', () => {
        try {
          listener();
        } catch (thrown) {
          // Nobody waits for it any more: what cannot be written down on a full disk must not end the process.
          core.log(`${request.method} ${request.routeOptions.url}, after its response`, thrown);
        }
      });
    },
  };
}

function idempotencyKeyOf({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key'];
  return typeof key === 'string' && /^[\x21-\x7e]{1,128}$/.test(key) ? key : undefined;
}

async function responseOutcome(
  outcome: RequestOutcome,
  { success }: ApiRoute,
  dialect: Dialect,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if ('path' in outcome) return sendFile(outcome, reply);
  const status = 'value' in outcome ? (outcome.status ?? 200) : 200;
  // The body has no place for it that every client would read over (RFC 8288).
  if ('value' in outcome && outcome.next !== undefined)
    void reply.header('link', `<?${outcome.next}>; rel="next"`);
  const misspelt = 'misspelt' in success && success.misspelt === true;
  return reply.status(status).send(dialect.success(outcome, misspelt));
}

/** Inline, with a name: some applications hand the address to a browser. */
async function sendFile(
  { path, mediaType, filename, gone }: FileOutcome,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const file = await open(path).catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'ENOENT' ? new Refusal(404, gone, { cause }) : cause;
  });
  const { size } = await file.stat();
  return reply
    .type(mediaType)
    .header('content-length', size)
    .header('content-disposition', contentDisposition(filename))
    .send(file.createReadStream());
}

/** Every failure leaves in the envelope of the dialect; what was not expected is logged, never told. */
export async function respondWithRefusal(
  thrown: unknown,
  core: Pick<ApiCore, 'log' | 'compatibility'>,
  dialect: Dialect,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const refusal = toRefusal(fromFramework(thrown));
  if (refusal.httpStatus >= 500) core.log(`${request.method} ${request.routeOptions.url}`, thrown);
  const asBadRequest = refusal.httpStatus === 404 && core.compatibility.notFoundAs400;
  if (refusal.retryAfterSeconds !== undefined)
    void reply.header('retry-after', String(refusal.retryAfterSeconds));
  if (refusal.httpStatus === 401) void reply.header('www-authenticate', 'Bearer');
  // The rest of a body that nobody reads would be taken for the next call.
  if (!(await drain(request.raw))) void reply.header('connection', 'close');
  return reply
    .status(asBadRequest ? 400 : refusal.httpStatus)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(dialect.failure(refusal)));
}

function fromFramework(thrown: unknown): unknown {
  if (thrown instanceof Refusal) return thrown;
  const status = (thrown as { statusCode?: unknown }).statusCode;
  if (typeof status !== 'number' || status >= 500) return thrown;
  if (status === 413) return new Refusal(413, 'Too much data was sent', { cause: thrown });
  return new Refusal(status, 'The call was not understood', { cause: thrown });
}
