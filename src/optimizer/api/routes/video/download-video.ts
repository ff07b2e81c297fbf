import { requestNamed } from '../../core/request-lookup.ts';
import { Refusal } from '../../http/refusal.ts';
import type { ApiRoute } from '../../http/route.ts';

export const downloadVideo: ApiRoute = {
  name: 'downloadVideo',
  method: 'GET',
  classic: ['/videoid/:pk/download/video'],
  newer: ['/videoid/:pk/download/video'],
  tag: 'video identification',
  summary: 'The video of an identification',
  success: { mediaTypes: ['video/mp4'] },
  refusals: [404],
  async handle(core, { params }) {
    const gone = 'Request not found';
    const { pk, video } = requestNamed(core, params.pk, () => gone);
    if (!video?.video) throw new Refusal(404, gone);
    return { gone, path: core.files.videoPath(pk), mediaType: 'video/mp4', filename: `${pk}.mp4` };
  },
};
