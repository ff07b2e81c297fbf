import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema, RouteOptions } from 'fastify';
import type { ZodType } from 'zod';
import { OssError } from '../../contract/errors.ts';
import { errorResponseSchema } from '../../contract/service-api/error-response.ts';
import type { ServiceConfig } from '../config/service-config.ts';
import { type CallLimits, callLimits } from './call-limits.ts';
import type { Reply, Route } from './route.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before the body is read, where the route admits callers. */
    caller: unknown;
  }
}

/** Registers the routes of a listener; what they call is passed in, once for all of them. */
export async function mountRoutes<Services>(
  server: FastifyInstance,
  services: Services,
  routes: readonly Route<Services>[],
  limits: ServiceConfig['limits'],
): Promise<void> {
  server.decorateRequest('caller', undefined);
  const callers = callLimits(limits, () => performance.now());
  for (const route of routes) {
    const options = describe(route, services, callers);
    const body = bodyOf(route);
    if (body === undefined) server.route(options);
    else {
      // In a scope of its own: no other route takes these media types.
      await server.register(async (scope) => {
        scope.removeAllContentTypeParsers();
        for (const type of body.types) {
          scope.addContentTypeParser(type, { parseAs: body.as }, (_request, content, done) =>
            done(null, content),
          );
        }
        scope.route(options);
      });
    }
  }
}

function describe<Services>(route: Route<Services>, services: Services, callers: CallLimits): RouteOptions {
  const { method, path, admit, bodyBytes, limit } = route;
  return {
    method,
    url: path,
    schema: schemaOf(route),
    ...(bodyBytes === undefined ? {} : { bodyLimit: bodyBytes }),
    async onRequest(request: FastifyRequest) {
      if (limit !== 'unlimited') callers.takeAsStranger(request);
      if (admit === undefined) return;
      const { caller, name } = await admit(services, request);
      callers.takeAs(name, request);
      request.caller = caller;
    },
    async handler(request, reply) {
      const { caller, params, query, headers } = request;
      const body = contentOf(route, request.body);
      const handle = () =>
        route.handle(services, { caller, params, query, headers, body, raw: request } as never);
      const outcome = limit === 'loginsPerMinute' ? callers.withinLogIns(request, handle) : handle();
      return respond(await outcome, reply);
    },
  };
}

function schemaOf({ summary, tag, takes = {}, admit, refusals = [], ...route }: Route<never>): FastifySchema {
  const { params, query, headers, body } = takes;
  const responses = {
    ...route.responses,
    ...Object.fromEntries(refusals.map((status) => [status, errorResponseSchema])),
  };
  return {
    summary,
    tags: [tag],
    ...(admit === undefined ? { security: [] } : {}),
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(headers && { headers }),
    ...(isSchema(body) ? { body } : {}),
    ...(route.mediaTypes && { produces: [...route.mediaTypes] }),
    ...(Object.keys(responses).length > 0 ? { response: responses } : {}),
  };
}

type Body = NonNullable<Route<never>['takes']>['body'];

const isSchema = (body: Body): body is ZodType => body !== undefined && 'safeParse' in body;

function bodyOf({ takes }: Route<never>): { types: readonly string[]; as: 'buffer' | 'string' } | undefined {
  const body = takes?.body;
  if (body === undefined || isSchema(body)) return undefined;
  return 'bytes' in body ? { types: body.bytes, as: 'buffer' } : { types: body.text, as: 'string' };
}

/** A call without any body has no media type that could be refused. */
function contentOf({ takes }: Route<never>, content: unknown): unknown {
  const body = takes?.body;
  if (body === undefined || isSchema(body)) return content;
  if ('text' in body) return typeof content === 'string' ? content : '';
  if (Buffer.isBuffer(content)) return content;
  throw new OssError('OSS_REQUEST_INVALID', { reason: `${body.bytes.join(', ')} is needed` });
}

function respond(outcome: Reply<unknown>, reply: FastifyReply): FastifyReply {
  void reply.status(outcome.status ?? 200).headers({ ...outcome.headers });
  if ('value' in outcome) return reply.send(outcome.value);
  if (!('bytes' in outcome)) return reply.send();
  const { bytes, mediaType } = outcome;
  return reply.type(mediaType).send(typeof bytes === 'string' ? bytes : Buffer.from(bytes));
}
