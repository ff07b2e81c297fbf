import { z } from 'zod';
import { metadataFormSchema } from '../../../../contract/optimizer-api/index.ts';
import { addMetadata } from '../../core/metadata.ts';
import type { ApiRoute } from '../../http/route.ts';

export const createMetadata: ApiRoute = {
  name: 'createMetadata',
  method: 'POST',
  classic: ['/metadata'],
  newer: ['/metadata'],
  tag: 'metadata',
  summary: 'Keeps data under an object identifier; signatures do not carry it',
  body: { media: ['application/json'], classic: metadataFormSchema },
  success: {
    status: 200,
    classic: z.object({ metadata: z.string() }),
    names: { id: { classic: '/metadata', newer: '/metadata' } },
  },
  refusals: [400],
  handle: async (core, { body }) => ({
    value: { metadata: addMetadata(core, body) },
    message: 'Metadata stored',
  }),
};
