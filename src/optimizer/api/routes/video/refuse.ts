import { z } from 'zod';
import { refusalFormSchema } from '../../../../contract/optimizer-api/index.ts';
import { changeRequest } from '../../core/change-request.ts';
import { requestNamed } from '../../core/request-lookup.ts';
import { refuseVideo } from '../../core/video-identification.ts';
import { type ApiRoute, SERVICE_REFUSALS } from '../../http/route.ts';

export const refuse: ApiRoute = {
  name: 'refuse',
  method: 'POST',
  classic: ['/videoid/:pk/refuse'],
  newer: ['/videoid/:pk/refuse'],
  tag: 'video identification',
  summary: 'The officer refuses what was identified',
  body: { media: ['application/json'], classic: refusalFormSchema },
  success: { status: 200, classic: z.string() },
  refusals: [400, 403, 404, 412, ...SERVICE_REFUSALS],
  async handle(core, { params, body }) {
    const named = () => requestNamed(core, params.pk, () => 'Request not found');
    await changeRequest(core, named().pk, () => refuseVideo(core, named(), body));
    return { text: 'Videoid refuse completed' };
  },
};
