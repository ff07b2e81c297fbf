import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { type ZodType, z } from 'zod';
import {
  classicRefusalSchema,
  classicSuccess,
  documentKindSchema,
  misspeltMessage,
  newerRefusalSchema,
  newerSuccess,
} from '../../contract/optimizer-api/index.ts';
import type { ApiRoute } from '../routes/route.ts';
import type { Dialect } from './dialect.ts';
import { finished } from './finish-description.ts';
import { linksOf, operationIdOf } from './links.ts';
import { requireWhatIsNeeded } from './needed-fields.ts';

/** Refusals that every call knows: it is not understood, the caller is not admitted, or sends too much. */
const COMMON_REFUSALS = [400, 401, 403, 413, 500];

const REASONS: Readonly<Record<number, string>> = {
  400: 'Something is missing or not valid',
  401: 'An API key is needed',
  403: 'Refused',
  404: 'There is no such thing',
  409: 'Something else is under way',
  412: 'Not possible in this state',
  413: 'Too much data',
  415: 'Not a type of file that is taken',
  422: 'The document cannot be signed',
  429: 'Too many calls in a short time',
  500: 'Something unexpected; the log of this Optimizer has more',
  502: 'The signature service failed',
  503: 'The signature service cannot be reached',
  504: 'The signature service did not answer in time',
};

const FILE_SCHEMA = Object.freeze({ type: 'string', contentMediaType: 'application/octet-stream' });

/** What stands in a path. */
const PARAMETERS: Readonly<Record<string, ZodType>> = {
  pk: z.int().positive(),
  type: documentKindSchema,
};

/** Ways to send a key; where none is needed, a call without one is fine too. */
const KEYS = [{ apiKey: [] }, { bearer: [] }];

/**
 * OpenAPI 3.1 of both dialects at /openapi.json, browsable at /docs.
 * @param keysNeeded whether callers need an API key
 */
export async function documentApi(
  server: FastifyInstance,
  version: string,
  keysNeeded: boolean,
): Promise<void> {
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
        securitySchemes: {
          apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
          bearer: { type: 'http', scheme: 'bearer' },
        },
      },
      security: keysNeeded ? KEYS : [...KEYS, {}],
    },
  });
  await server.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    transformSpecification: (description) => finished(description),
  });
  server.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
    reply.send(finished(server.swagger())),
  );
}

/** What OpenAPI says of a route in one dialect, with the calls that go on from it. */
export const describeRoute = (route: ApiRoute, dialect: Dialect, routes: readonly ApiRoute[]) => ({
  schema: schemaOf(route, dialect),
  links: linksOf(route, dialect.name, routes),
});

function schemaOf(route: ApiRoute, dialect: Dialect): FastifySchema {
  const path = route[dialect.name][0] ?? '';
  const params = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const parameters = z.object(
    Object.fromEntries(params.map((name) => [name, PARAMETERS[name] ?? z.string()])),
  );
  return {
    operationId: operationIdOf(route, dialect.name),
    summary: route.summary,
    tags: [`${dialect.name}: ${route.tag}`],
    ...(params.length === 0 ? {} : { params: jsonSchema(parameters) }),
    ...(route.query === undefined ? {} : { querystring: jsonSchema(route.query) }),
    ...(route.body === undefined ? {} : { body: { content: bodyContent(route.body, dialect) } }),
    response: { ...success(route, dialect), ...refusals(route, dialect) },
  };
}

function jsonSchema(schema: ZodType, io: 'input' | 'output' = 'input'): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  requireWhatIsNeeded(rest);
  return rest;
}

function bodyContent(body: NonNullable<ApiRoute['body']>, dialect: Dialect): Record<string, unknown> {
  const schema = (dialect.name === 'newer' && body.newer) || body.classic;
  return Object.fromEntries(
    body.media.map((media) => [
      media,
      { schema: jsonSchema((media === 'multipart/form-data' && body.form) || schema) },
    ]),
  );
}

function success({ success: answer }: ApiRoute, dialect: Dialect): Record<string, unknown> {
  if ('mediaTypes' in answer) {
    const content = answer.mediaTypes.map((type) => [
      type,
      { schema: type === 'application/json' ? {} : FILE_SCHEMA },
    ]);
    return { 200: { description: 'The file', content: Object.fromEntries(content) } };
  }
  const headers = headersOf(answer.headers);
  if (dialect.name === 'classic') {
    const schema = jsonSchema(classicSuccess(answer.classic), 'output');
    return { [answer.status]: { ...jsonResponse('Done', schema), ...headers } };
  }
  const plain = newerSuccess(answer.newer ?? answer.classic);
  const schema = answer.misspelt ? plain.extend(misspeltMessage) : plain;
  return { [answer.status]: { ...jsonResponse('Done', jsonSchema(schema, 'output')), ...headers } };
}

const headersOf = (headers: Readonly<Record<string, string>> | undefined) =>
  headers && {
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, description]) => [name, { description, type: 'string' }]),
    ),
  };

/** The same at every call: made once. */
const REFUSAL_SCHEMAS = {
  classic: jsonSchema(classicRefusalSchema, 'output'),
  newer: jsonSchema(newerRefusalSchema, 'output'),
};

const refusals = (route: ApiRoute, dialect: Dialect): Record<string, unknown> =>
  Object.fromEntries(
    [...new Set([...COMMON_REFUSALS, ...route.refusals])].map((status) => [
      status,
      jsonResponse(REASONS[status] ?? 'Refused', REFUSAL_SCHEMAS[dialect.name]),
    ]),
  );

const jsonResponse = (description: string, schema: Record<string, unknown>) => ({
  description,
  content: { 'application/json': { schema } },
});
