import { z } from 'zod';
import { uploadImageFormSchema } from '../../../../contract/optimizer-api/index.ts';
import { addImage, MAX_IMAGE_BYTES } from '../../core/images.ts';
import type { ApiRoute } from '../../http/route.ts';

export const uploadImage: ApiRoute = {
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
