import { z } from 'zod';
import { imageViewSchema } from '../../../../contract/optimizer-api/index.ts';
import { listImages as imagesOf } from '../../core/images.ts';
import type { ApiRoute } from '../../http/route.ts';

export const listImages: ApiRoute = {
  name: 'listImages',
  method: 'GET',
  classic: ['/images'],
  newer: ['/images'],
  tag: 'images',
  summary: 'All pictures',
  success: { status: 200, classic: z.record(z.string(), imageViewSchema) },
  refusals: [],
  handle: async (core) => ({ value: imagesOf(core), message: 'Images' }),
};
