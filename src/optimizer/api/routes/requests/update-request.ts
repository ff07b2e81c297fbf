import { z } from 'zod';
import { updateRequestFormSchema } from '../../../../contract/optimizer-api/index.ts';
import { changeRequest } from '../../core/change-request.ts';
import { correctRequest } from '../../core/end-request.ts';
import { requestNamed } from '../../core/request-lookup.ts';
import type { ApiRoute } from '../../http/route.ts';

export const updateRequestRoute: ApiRoute = {
  name: 'updateRequest',
  method: 'PUT',
  classic: ['/request/:pk'],
  newer: ['/request/:pk'],
  tag: 'requests',
  summary: 'Corrects the signer of a request that no officer has approved yet',
  body: { media: ['application/json'], classic: updateRequestFormSchema },
  success: { status: 200, classic: z.string() },
  refusals: [400, 404, 412],
  async handle(core, { params, body }) {
    const { pk } = requestNamed(core, params.pk, (name) => `Request ${name} not found`);
    await changeRequest(core, pk, async () =>
      correctRequest(
        core,
        requestNamed(core, String(pk), (name) => `Request ${name} not found`),
        body,
      ),
    );
    return { text: 'Request updated' };
  },
};
