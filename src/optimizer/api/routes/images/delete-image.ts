import { z } from 'zod';
import { deleteImage } from '../../core/images.ts';
import type { ApiRoute } from '../../http/route.ts';

export const deleteImageRoute: ApiRoute = {
  name: 'deleteImage',
  method: 'DELETE',
  classic: ['/image/:uid'],
  newer: ['/image/:uid'],
  tag: 'images',
  summary: 'Removes a picture',
  success: { status: 200, classic: z.string() },
  refusals: [404],
  async handle(core, { params }) {
    await deleteImage(core, params.uid ?? '');
    return { text: 'Image deleted' };
  },
};
