import { z } from 'zod';
import { deleteMetadata } from '../../core/metadata.ts';
import type { ApiRoute } from '../../http/route.ts';

export const deleteMetadataRoute: ApiRoute = {
  name: 'deleteMetadata',
  method: 'DELETE',
  classic: ['/metadata/:id'],
  newer: ['/metadata/:id'],
  tag: 'metadata',
  summary: 'Removes an entry',
  success: { status: 200, classic: z.string() },
  refusals: [404],
  async handle(core, { params }) {
    deleteMetadata(core, params.id ?? '');
    return { text: 'Metadata successfully deleted' };
  },
};
