import { z } from 'zod';
import { deleteImage } from '../../core/images.ts';
import type { ApiRoute } from '../../http/route.ts';

export const deleteImages: ApiRoute = {
  name: 'deleteImages',
  method: 'DELETE',
  classic: ['/images'],
  newer: ['/images'],
  tag: 'images',
  summary: 'Removes all pictures',
  success: { status: 200, classic: z.string() },
  refusals: [],
  async handle(core) {
    for (const { uid } of core.records.images.list()) await deleteImage(core, uid);
    return { text: 'Images deleted successfully' };
  },
};
