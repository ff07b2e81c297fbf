import { requestDetailsSchema } from '../../../../contract/optimizer-api/index.ts';
import { requestNamed } from '../../core/request-lookup.ts';
import { describeRequest } from '../../core/request-view.ts';
import type { ApiRoute } from '../../http/route.ts';

export const getRequest: ApiRoute = {
  name: 'getRequest',
  method: 'GET',
  classic: ['/request/:pk'],
  newer: ['/request/:pk'],
  tag: 'requests',
  summary: 'Everything that is known of a request',
  success: { status: 200, classic: requestDetailsSchema },
  refusals: [404],
  async handle(core, { params }) {
    const record = requestNamed(
      core,
      params.pk,
      () => 'Request not found. Make sure the upload directory is correct.',
    );
    return { value: await describeRequest(core, record), message: `Request ${record.pk}` };
  },
};
