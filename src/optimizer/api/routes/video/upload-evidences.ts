import { z } from 'zod';
import { evidencesFormSchema } from '../../../../contract/optimizer-api/index.ts';
import { changeRequest } from '../../core/change-request.ts';
import { requestNamed } from '../../core/request-lookup.ts';
import { storeEvidences } from '../../core/video-identification.ts';
import type { ApiRoute } from '../../http/route.ts';

export const uploadEvidences: ApiRoute = {
  name: 'uploadEvidences',
  method: 'POST',
  classic: ['/videoid/:pk/evidences'],
  newer: ['/videoid/:pk/evidences'],
  tag: 'video identification',
  summary: 'Keeps the evidence of an identification; it stays on this machine',
  // Four pictures in base64.
  body: { media: ['application/json'], classic: evidencesFormSchema, maxBytes: 64 * 1024 * 1024 },
  success: { status: 200, classic: z.string() },
  refusals: [400, 404, 412, 413],
  async handle(core, { params, body }) {
    const named = () => requestNamed(core, params.pk, () => 'Request not found');
    await changeRequest(core, named().pk, () => storeEvidences(core, named(), body));
    return { text: 'Videoid evidences uploaded' };
  },
};
