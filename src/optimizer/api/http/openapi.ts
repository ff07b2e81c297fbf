import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { type ZodType, z } from 'zod';
import {
  classicEnvelope,
  newerEnvelope,
  refusalDetailsSchema,
} from '../../../contract/optimizer-api/index.ts';
import type { Dialect } from './dialect.ts';
import type { ApiRoute } from './route.ts';

/** Refusals that every call knows: the caller is not admitted, or sends too much. */
const COMMON_REFUSALS = [400, 401, 403, 413];

const REASONS: Readonly<Record<number, string>> = {
  400: 'Something is missing or not valid',
  401: 'An API key is needed',
  403: 'Refused',
  404: 'There is no such thing',
  412: 'Not possible in this state',
  413: 'Too much data',
  415: 'Not a type of file that is taken',
  422: 'The document cannot be signed',
  502: 'The signature service failed',
  503: 'The signature service cannot be reached',
  504: 'The signature service did not answer in time',
};

const FILE_SCHEMA = Object.freeze({ type: 'string', contentMediaType: 'application/octet-stream' });

/** OpenAPI 3.1 of both dialects at /openapi.json, browsable at /docs. */
export async function documentApi(server: FastifyInstance, version: string): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'One-Shot Optimizer',
        version,
        description:
          'Signs PDF documents with single-use certificates. Documents are uploaded to this Optimizer and stay on its machine; only digests and the identity of the signer go to the signature service. ' +
          'The classic dialect answers below /api/v1, the newer one below /oneshot/api/v1; both do the same.',
      },
      components: {
        securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' } },
      },
      security: [{ apiKey: [] }, {}],
    },
  });
  await server.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    transformSpecification: (description) => withSharedRefusals(description),
  });
  server.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
    reply.send(withSharedRefusals(server.swagger())),
  );
}

interface Responses {
  readonly responses?: Readonly<Record<string, unknown>>;
}

/** Refusals of one status read the same at every call of a dialect: said once, referred to everywhere. */
export function withSharedRefusals(description: object): Record<string, unknown> {
  const document = structuredClone(description) as {
    paths: Record<string, Record<string, Responses>>;
    components?: Record<string, unknown>;
  };
  const shared: Record<string, unknown> = {};
  for (const [path, methods] of Object.entries(document.paths)) {
    const dialect = path.startsWith('/oneshot/') ? 'newer' : 'classic';
    for (const [method, operation] of Object.entries(methods)) {
      const responses = Object.entries(operation.responses ?? {}).map(([status, response]) => {
        if (Number(status) < 400) return [status, response];
        const name = `${dialect}${status}`;
        shared[name] = response;
        return [status, { $ref: `#/components/responses/${name}` }];
      });
      methods[method] = { ...operation, responses: Object.fromEntries(responses) };
    }
  }
  return { ...document, components: { ...document.components, responses: shared } };
}

/** What OpenAPI says of a route in one dialect. */
export function describeRoute(route: ApiRoute, dialect: Dialect): FastifySchema {
  const path = route[dialect.name][0] ?? '';
  const params = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  return {
    operationId: dialect.name === 'classic' ? route.name : `newer_${route.name}`,
    summary: route.summary,
    tags: [`${dialect.name}: ${route.tag}`],
    ...(params.length === 0
      ? {}
      : { params: jsonSchema(z.object(Object.fromEntries(params.map((name) => [name, z.string()])))) }),
    ...(route.query === undefined ? {} : { querystring: jsonSchema(route.query) }),
    ...(route.body === undefined ? {} : { body: { content: bodyContent(route.body, dialect) } }),
    response: { ...success(route, dialect), ...refusals(route, dialect) },
  };
}

const jsonSchema = (schema: ZodType, io: 'input' | 'output' = 'input'): Record<string, unknown> => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};

function bodyContent(body: NonNullable<ApiRoute['body']>, dialect: Dialect): Record<string, unknown> {
  const schema = jsonSchema((dialect.name === 'newer' && body.newer) || body.classic);
  return Object.fromEntries(
    body.media.map((media) => [
      media,
      { schema: media === 'multipart/form-data' ? { ...schema, additionalProperties: FILE_SCHEMA } : schema },
    ]),
  );
}

function success({ success: answer }: ApiRoute, dialect: Dialect): Record<string, unknown> {
  if ('mediaType' in answer) {
    return { 200: { description: 'The file', content: { [answer.mediaType]: { schema: FILE_SCHEMA } } } };
  }
  const details = (dialect.name === 'newer' && answer.newer) || answer.classic;
  return { [answer.status]: json('Done', envelope(dialect, details)) };
}

const refusals = (route: ApiRoute, dialect: Dialect): Record<string, unknown> =>
  Object.fromEntries(
    [...new Set([...COMMON_REFUSALS, ...route.refusals])].map((status) => [
      status,
      json(REASONS[status] ?? 'Refused', envelope(dialect, refusalDetailsSchema)),
    ]),
  );

const envelope = (dialect: Dialect, details: ZodType): ZodType =>
  dialect.name === 'classic' ? classicEnvelope(details) : newerEnvelope(details);

const json = (description: string, schema: ZodType) => ({
  description,
  content: { 'application/json': { schema: jsonSchema(schema, 'output') } },
});
