import { z } from 'zod';
import { metadataViewSchema } from '../../../../contract/optimizer-api/index.ts';
import { listMetadata as metadataOf } from '../../core/metadata.ts';
import type { ApiRoute } from '../../http/route.ts';

export const listMetadata: ApiRoute = {
  name: 'listMetadata',
  method: 'GET',
  classic: ['/metadata'],
  newer: ['/metadata'],
  tag: 'metadata',
  summary: 'All entries',
  success: { status: 200, classic: z.record(z.string(), metadataViewSchema) },
  refusals: [404],
  handle: async (core) => ({ value: metadataOf(core), message: 'Metadata' }),
};
