import { metadataViewSchema } from '../../../../contract/optimizer-api/index.ts';
import { metadataNamed } from '../../core/metadata.ts';
import type { ApiRoute } from '../../http/route.ts';

export const getMetadata: ApiRoute = {
  name: 'getMetadata',
  method: 'GET',
  classic: ['/metadata/:id'],
  newer: ['/metadata/:id'],
  tag: 'metadata',
  summary: 'One entry',
  success: { status: 200, classic: metadataViewSchema },
  refusals: [404],
  handle: async (core, { params }) => ({ value: metadataNamed(core, params.id ?? ''), message: 'Metadata' }),
};
