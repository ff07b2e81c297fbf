import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { PRODUCT_VERSION } from '../../../base/version.ts';

/** OpenAPI 3.1 made from the schemas that also judge the calls: /openapi.json, browsable at /docs. */
export async function documentApi(server: FastifyInstance): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'One-Shot Signature Service',
        version: PRODUCT_VERSION,
        description:
          'Registers a signer, sends a one-time password for a list of digests, and signs these digests once with a single-use certificate. No byte of a document ever reaches this service.',
      },
      components: { securitySchemes: { officer: { type: 'http', scheme: 'bearer' } } },
      security: [{ officer: [] }],
    },
    transform: jsonSchemaTransform,
  });
  await server.register(swaggerUi, { routePrefix: '/docs', staticCSP: true });
  server.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
    reply.send(server.swagger()),
  );
}
