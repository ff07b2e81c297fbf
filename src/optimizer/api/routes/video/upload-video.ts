import { z } from 'zod';
import { uploadVideoFormSchema } from '../../../../contract/optimizer-api/index.ts';
import { changeRequest } from '../../core/change-request.ts';
import { requestNamed } from '../../core/request-lookup.ts';
import { storeVideo } from '../../core/video-identification.ts';
import type { ApiRoute } from '../../http/route.ts';

export const uploadVideo: ApiRoute = {
  name: 'uploadVideo',
  method: 'POST',
  classic: ['/videoid/:pk/evidences/video', '/videoid/:pk/video'],
  newer: ['/videoid/:pk/video', '/videoid/:pk/evidences/video'],
  tag: 'video identification',
  summary: 'Keeps the video of an identification (MP4); it stays on this machine',
  body: { media: ['multipart/form-data'], classic: uploadVideoFormSchema },
  success: { status: 200, classic: z.string() },
  refusals: [400, 404, 412, 413, 415],
  async handle(core, call) {
    const named = () => requestNamed(core, call.params.pk, () => 'Request not found');
    const { pk } = named();
    const form = await call.form({ fileBytes: core.policy.maxFileBytes, files: 1 });
    await changeRequest(core, pk, () => storeVideo(core, named(), form));
    return { text: 'Videoid video upload completed' };
  },
};
