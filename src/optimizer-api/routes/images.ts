import { z } from 'zod';
import { imageViewSchema, uploadImageFormSchema } from '../../contract/optimizer-api/index.ts';
import {
  addImage,
  deleteImage,
  imageNamed,
  listImages as imagesOf,
  MAX_IMAGE_BYTES,
} from '../core/images.ts';
import type { ApiRoute } from './route.ts';

const deleteImageRoute: ApiRoute = {
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

const deleteImages: ApiRoute = {
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

const getImage: ApiRoute = {
  name: 'getImage',
  method: 'GET',
  classic: ['/image/:uid'],
  newer: ['/image/:uid'],
  tag: 'images',
  summary: 'The picture',
  success: { mediaTypes: ['image/png'] },
  refusals: [404],
  async handle(core, { params }) {
    const { uid, filename } = imageNamed(core, params.uid ?? '');
    const gone = `Image with uid ${uid} not found`;
    return { path: core.files.imagePath(uid), gone, mediaType: 'image/png', filename };
  },
};

const listImages: ApiRoute = {
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

const uploadImage: ApiRoute = {
  name: 'uploadImage',
  method: 'POST',
  classic: ['/image'],
  newer: ['/image'],
  tag: 'images',
  summary: 'Keeps a PNG picture for visible signatures (part `image`, at most 1 MiB)',
  body: { media: ['multipart/form-data'], classic: uploadImageFormSchema },
  success: {
    status: 200,
    classic: z.string(),
    newer: z.object({ image_uid: z.string() }),
    names: { uid: { classic: '', newer: '/image_uid' } },
  },
  refusals: [400, 413, 415],
  async handle(core, call) {
    const form = await call.form({ fileBytes: MAX_IMAGE_BYTES, files: 1 });
    const uid = await addImage(core, form);
    return { value: uid, newer: { image_uid: uid }, message: `Image uploaded with uid '${uid}'` };
  },
};

/** Calls below images. */
export const IMAGES_ROUTES: readonly ApiRoute[] = [
  deleteImageRoute,
  deleteImages,
  getImage,
  listImages,
  uploadImage,
];
