import { createVideoFormSchema, videoViewSchema } from '../../../../contract/optimizer-api/index.ts';
import { createVideoRequest } from '../../core/video-identification.ts';
import type { ApiRoute } from '../../http/route.ts';

export const createVideo: ApiRoute = {
  name: 'createVideo',
  method: 'POST',
  classic: ['/videoid'],
  newer: ['/videoid'],
  tag: 'video identification',
  summary:
    'A request whose evidence comes from your own video identification. A hosted video session is not offered: the link is empty',
  body: { media: ['application/json'], classic: createVideoFormSchema },
  success: {
    status: 200,
    classic: videoViewSchema,
    misspelt: true,
    names: { pk: { classic: '/request_pk', newer: '/request_pk' } },
  },
  refusals: [400],
  async handle(core, { dialect, body }) {
    const created = await createVideoRequest(core, dialect.name, body);
    return { value: created, message: `VideoID created with pk ${created.videoid_pk}` };
  },
};
