import fastify from 'fastify';
import { API_ROUTES } from '../routes/index.ts';
import { classicDialect, newerDialect } from './dialect.ts';
import { finished } from './finish-description.ts';
import { describeRoute, documentApi } from './openapi.ts';

/** The description alone, without a server that answers; a key may be sent or not. */
export async function describeApi(version: string): Promise<Record<string, unknown>> {
  const server = fastify({ routerOptions: { ignoreTrailingSlash: true } });
  server.setValidatorCompiler(() => () => true);
  server.setSerializerCompiler(() => (value) => JSON.stringify(value));
  await documentApi(server, version, false);
  for (const dialect of [classicDialect, newerDialect]) {
    for (const route of API_ROUTES) {
      const [path] = route[dialect.name];
      if (path === undefined) continue;
      server.route({
        method: route.method,
        url: `${dialect.prefix}${path}`,
        ...describeRoute(route, dialect, API_ROUTES),
        handler: async () => undefined,
      });
    }
  }
  await server.ready();
  const description = finished(server.swagger());
  await server.close();
  return description;
}
