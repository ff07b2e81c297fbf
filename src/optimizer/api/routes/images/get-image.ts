import { imageNamed } from '../../core/images.ts';
import type { ApiRoute } from '../../http/route.ts';

export const getImage: ApiRoute = {
  name: 'getImage',
  method: 'GET',
  classic: ['/image/:uid'],
  newer: ['/image/:uid'],
  tag: 'images',
  summary: 'The picture',
  success: { mediaType: 'image/png' },
  refusals: [404],
  async handle(core, { params }) {
    const { uid, filename } = imageNamed(core, params.uid ?? '');
    return { path: core.files.imagePath(uid), mediaType: 'image/png', filename };
  },
};
