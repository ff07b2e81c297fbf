import fastify from 'fastify';
import { API_ROUTES } from '../routes/index.ts';
import { classicDialect, newerDialect } from './dialect.ts';
import { describeRoute, documentApi, withSharedRefusals } from './openapi.ts';

/** The description alone, without a server that answers. */
export async function describeApi(version: string): Promise<Record<string, unknown>> {
  const server = fastify({ routerOptions: { ignoreTrailingSlash: true } });
  server.setValidatorCompiler(() => () => true);
  server.setSerializerCompiler(() => (value) => JSON.stringify(value));
  await documentApi(server, version);
  for (const dialect of [classicDialect, newerDialect]) {
    for (const route of API_ROUTES) {
      const [path] = route[dialect.name];
      if (path === undefined) continue;
      server.route({
        method: route.method,
        url: `${dialect.prefix}${path}`,
        schema: describeRoute(route, dialect),
        handler: async () => undefined,
      });
    }
  }
  await server.ready();
  const description = withSharedRefusals(server.swagger());
  await server.close();
  return description;
}
