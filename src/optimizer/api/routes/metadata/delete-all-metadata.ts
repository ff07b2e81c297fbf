import { z } from 'zod';
import { deleteAllMetadata } from '../../core/metadata.ts';
import type { ApiRoute } from '../../http/route.ts';

export const deleteAllMetadataRoute: ApiRoute = {
  name: 'deleteAllMetadata',
  method: 'DELETE',
  classic: ['/metadata'],
  newer: ['/metadata'],
  tag: 'metadata',
  summary: 'Removes all entries',
  success: { status: 200, classic: z.string() },
  refusals: [],
  async handle(core) {
    deleteAllMetadata(core);
    return { text: 'All metadata deleted' };
  },
};
