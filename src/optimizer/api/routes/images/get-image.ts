import { imageNamed } from '../../core/images.ts';
import type { ApiRoute } from '../../http/route.ts';

export const getImage: ApiRoute = {
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
