import { z } from 'zod';
import { parseTilePath, TILE_WIDTH } from '../../../../base/tlog/tiles.ts';
import { OssError } from '../../../../contract/errors.ts';
import { PUBLIC_PATHS } from '../../../ca/public-urls.ts';
import { publicRoute } from '../public-route.ts';

const NEVER_CHANGES = { 'cache-control': 'public, max-age=31536000, immutable' };
const GROWS = { 'cache-control': 'no-cache' };
const TEXT = 'text/plain; charset=utf-8';

const getKey = publicRoute({
  method: 'GET',
  path: `${PUBLIC_PATHS.log}/key`,
  summary: 'The key of the transparency log, for verifiers',
  tag: 'log',
  handle: async ({ log }) => ({ bytes: `${log.verifierKey}\n`, mediaType: TEXT }),
});

const getCheckpoint = publicRoute({
  method: 'GET',
  path: `${PUBLIC_PATHS.log}/checkpoint`,
  summary: 'The newest signed head of the transparency log (C2SP tlog-checkpoint)',
  tag: 'log',
  async handle({ log }) {
    const checkpoint = await log.checkpoint();
    if (checkpoint === undefined) throw new OssError('OSS_NOT_FOUND', { reason: 'nothing was logged yet' });
    return { bytes: checkpoint, mediaType: TEXT, headers: GROWS };
  },
});

const getTile = publicRoute({
  method: 'GET',
  path: `${PUBLIC_PATHS.log}/tile/*`,
  summary: 'Hashes of the transparency log, or its entries (C2SP tlog-tiles)',
  tag: 'log',
  takes: { params: z.object({ '*': z.string().max(64) }) },
  async handle({ log }, { params }) {
    const name = parseTilePath(`tile/${params['*']}`);
    const bytes = name && (await log.tile(name));
    if (name === undefined || bytes === undefined) {
      throw new OssError('OSS_NOT_FOUND', { reason: 'no such tile' });
    }
    const headers = name.width === TILE_WIDTH ? NEVER_CHANGES : GROWS;
    return { bytes, mediaType: 'application/octet-stream', headers };
  },
});

/** The transparency log as everybody may read it. */
export const LOG_ROUTES = [getKey, getCheckpoint, getTile];
