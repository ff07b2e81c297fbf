import { z } from 'zod';
import { officerDecisionFormSchema } from '../../../../contract/optimizer-api/index.ts';
import { changeRequest } from '../../core/change-request.ts';
import { requestNamed } from '../../core/request-lookup.ts';
import { approveVideo } from '../../core/video-identification.ts';
import { type ApiRoute, SERVICE_REFUSALS } from '../../http/route.ts';

export const approve: ApiRoute = {
  name: 'approve',
  method: 'POST',
  classic: ['/request/:pk/approve', '/requests/:pk/approve', '/videoid/:pk/approve'],
  newer: ['/videoid/:pk/approve', '/request/:pk/approve', '/requests/:pk/approve'],
  tag: 'video identification',
  summary: 'The officer approves what was identified',
  body: { media: ['application/json'], classic: officerDecisionFormSchema },
  success: { status: 200, classic: z.string() },
  refusals: [400, 403, 404, 412, ...SERVICE_REFUSALS],
  async handle(core, { params, body }) {
    const named = () => requestNamed(core, params.pk, () => 'Request not found');
    await changeRequest(core, named().pk, () => approveVideo(core, named(), body));
    return { text: 'Request approved successfully' };
  },
};
