import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ApiCore } from '../core/api-core.ts';
import { type Dialect, type FileOutcome, type Outcome, toRefusal } from './dialect.ts';
import { drain } from './drain.ts';
import { discard, type Form, readForm } from './multipart.ts';
import { describeRoute } from './openapi.ts';
import { Refusal } from './refusal.ts';
import type { ApiCall, ApiRoute } from './route.ts';

/** Puts a route under the prefix of a dialect; aliases answer too but are not documented. */
export function mountRoute(server: FastifyInstance, core: ApiCore, route: ApiRoute, dialect: Dialect): void {
  for (const [index, path] of route[dialect.name].entries()) {
    server.route({
      method: route.method,
      url: `${dialect.prefix}${path}`,
      schema: index === 0 ? describeRoute(route, dialect) : { hide: true },
      ...(route.body?.maxBytes === undefined ? {} : { bodyLimit: route.body.maxBytes }),
      errorHandler: (thrown, request, reply) => answerRefusal(thrown, core, dialect, request, reply),
      handler: (request, reply) => answer(route, core, dialect, request, reply),
    });
  }
}

async function answer(
  route: ApiRoute,
  core: ApiCore,
  dialect: Dialect,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const forms: Form[] = [];
  try {
    const outcome = await route.handle(core, callOf(core, dialect, request, reply, forms));
    return await answerOutcome(outcome, dialect, reply);
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
    dialect,
    params: request.params as Record<string, string>,
    query: request.query as Record<string, string | undefined>,
    body: body instanceof Readable ? undefined : body,
    isForm: body instanceof Readable,
    idempotencyKey: idempotencyKeyOf(request),
    async form(limits) {
      if (!(body instanceof Readable)) throw new Refusal(400, 'A form with multipart/form-data is needed');
      const form = await readForm(body, request.headers['content-type'] ?? '', core.files.incoming, limits);
      forms.push(form);
      return form;
    },
    onAnswered(listener) {
      reply.raw.once('finish', listener);
    },
  };
}

function idempotencyKeyOf({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key'];
  return typeof key === 'string' && /^[\x21-\x7e]{1,128}$/.test(key) ? key : undefined;
}

async function answerOutcome(outcome: Outcome, dialect: Dialect, reply: FastifyReply): Promise<FastifyReply> {
  if ('path' in outcome) return sendFile(outcome, reply);
  const status = 'value' in outcome ? (outcome.status ?? 200) : 200;
  return reply.status(status).send(dialect.success(outcome));
}

/** Inline, with a name: some applications hand the address to a browser. */
async function sendFile(
  { path, mediaType, filename }: FileOutcome,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { size } = await stat(path);
  const fallback = filename.replace(/[^\x20-\x7e]|["\\]/g, '_');
  return reply
    .type(mediaType)
    .header('content-length', size)
    .header(
      'content-disposition',
      `inline; filename="${fallback}"; filename*=UTF-8''${encodeURIComponent(filename)}`,
    )
    .send(createReadStream(path));
}

/** Every failure leaves in the envelope of the dialect; what was not expected is logged, never told. */
export async function answerRefusal(
  thrown: unknown,
  core: Pick<ApiCore, 'log' | 'compatibility'>,
  dialect: Dialect,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const refusal = toRefusal(fromFramework(thrown));
  if (refusal.httpStatus >= 500) core.log(`${request.method} ${request.routeOptions.url}`, thrown);
  const asBadRequest = refusal.httpStatus === 404 && core.compatibility.notFoundAs400;
  // The rest of a body that nobody reads would be taken for the next call.
  if (!(await drain(request.raw))) void reply.header('connection', 'close');
  return reply
    .status(asBadRequest ? 400 : refusal.httpStatus)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(dialect.failure(refusal)));
}

function fromFramework(thrown: unknown): unknown {
  const status = (thrown as { statusCode?: unknown }).statusCode;
  if (typeof status !== 'number' || status >= 500) return thrown;
  if (status === 413) return new Refusal(413, 'Too much data was sent', { cause: thrown });
  return new Refusal(status, 'The call was not understood', { cause: thrown });
}
