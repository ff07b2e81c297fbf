import { versionViewSchema } from '../../../../contract/optimizer-api/index.ts';
import { describeVersion } from '../../core/settings.ts';
import type { ApiRoute } from '../../http/route.ts';

export const getVersion: ApiRoute = {
  name: 'getVersion',
  method: 'GET',
  classic: ['/version'],
  newer: ['/version'],
  tag: 'service',
  summary: 'Version of the Optimizer and its machine',
  success: { status: 200, classic: versionViewSchema },
  refusals: [],
  handle: async (core) => ({ value: describeVersion(core), message: 'Version' }),
};
