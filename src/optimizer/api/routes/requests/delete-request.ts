import { z } from 'zod';
import { changeRequest } from '../../core/change-request.ts';
import { removeRequest } from '../../core/end-request.ts';
import { requestNamed } from '../../core/request-lookup.ts';
import type { ApiRoute } from '../../http/route.ts';

export const deleteRequest: ApiRoute = {
  name: 'deleteRequest',
  method: 'DELETE',
  classic: ['/request/:pk'],
  newer: ['/request/:pk'],
  tag: 'requests',
  summary: 'Cancels a request that is not signed, and removes its files',
  success: { status: 200, classic: z.string() },
  refusals: [404, 412],
  async handle(core, { params }) {
    const named = () => requestNamed(core, params.pk, (name) => `Request ${name} not found`);
    await changeRequest(core, named().pk, () => removeRequest(core, named()));
    return { text: 'Request directory removed successfully' };
  },
};
