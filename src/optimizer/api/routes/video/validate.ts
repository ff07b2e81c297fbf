import { z } from 'zod';
import { officerDecisionFormSchema } from '../../../../contract/optimizer-api/index.ts';
import { changeRequest } from '../../core/change-request.ts';
import { requestNamed } from '../../core/request-lookup.ts';
import { validateVideo } from '../../core/video-identification.ts';
import { type ApiRoute, SERVICE_REFUSALS } from '../../http/route.ts';

export const validate: ApiRoute = {
  name: 'validate',
  method: 'POST',
  classic: ['/videoid/:pk/validate'],
  newer: ['/videoid/:pk/validate'],
  tag: 'video identification',
  summary: 'First step of the older mode with two steps; `approve` is the second',
  body: { media: ['application/json'], classic: officerDecisionFormSchema },
  success: { status: 200, classic: z.string() },
  refusals: [400, 403, 404, 412, ...SERVICE_REFUSALS],
  async handle(core, { params, body }) {
    const named = () => requestNamed(core, params.pk, () => 'Request not found');
    await changeRequest(core, named().pk, () => validateVideo(core, named(), body));
    return { text: 'Videoid validated' };
  },
};
