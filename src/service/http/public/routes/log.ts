import type { FastifyInstance } from 'fastify';
import { parseTilePath, TILE_WIDTH } from '../../../../base/tlog/tiles.ts';
import { OssError } from '../../../../contract/errors.ts';
import { PUBLIC_PATHS } from '../../../ca/public-urls.ts';
import type { PublicServices } from '../public-services.ts';

const NEVER_CHANGES = 'public, max-age=31536000, immutable';

/** C2SP tlog-tiles: checkpoint, tiles and bundles of entries; the key for verifiers beside them. */
export function readLog(server: FastifyInstance, { log }: Pick<PublicServices, 'log'>): void {
  server.get(`${PUBLIC_PATHS.log}/key`, async (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send(`${log.verifierKey}\n`),
  );
  server.get(`${PUBLIC_PATHS.log}/checkpoint`, async (_request, reply) => {
    const checkpoint = await log.checkpoint();
    if (checkpoint === undefined) throw new OssError('OSS_NOT_FOUND', { reason: 'nothing was logged yet' });
    return reply.type('text/plain; charset=utf-8').header('cache-control', 'no-cache').send(checkpoint);
  });
  server.get<{ Params: { '*': string } }>(`${PUBLIC_PATHS.log}/tile/*`, async (request, reply) => {
    const name = parseTilePath(`tile/${request.params['*']}`);
    const bytes = name && (await log.tile(name));
    if (name === undefined || bytes === undefined)
      throw new OssError('OSS_NOT_FOUND', { reason: 'no such tile' });
    return reply
      .type('application/octet-stream')
      .header('cache-control', name.width === TILE_WIDTH ? NEVER_CHANGES : 'no-cache')
      .send(Buffer.from(bytes));
  });
}
