import { asyncStateSchema } from '../../../../contract/optimizer-api/index.ts';
import { requestNamed } from '../../core/request-lookup.ts';
import { asyncStateOf } from '../../core/request-view.ts';
import type { ApiRoute } from '../../http/route.ts';

export const getAsyncStatus: ApiRoute = {
  name: 'getAsyncStatus',
  method: 'GET',
  classic: ['/async/status/:pk'],
  newer: ['/async/status/:pk'],
  tag: 'requests',
  summary: 'How far an asynchronous request is; `error` where its signature failed',
  success: { status: 200, classic: asyncStateSchema },
  refusals: [404],
  async handle(core, { params }) {
    const record = requestNamed(
      core,
      params.pk,
      (name) => `Request ${name} not found. Make sure the upload directory is correct`,
    );
    const state = await asyncStateOf(core, record);
    return { value: state, message: record.asyncError ?? state };
  },
};
