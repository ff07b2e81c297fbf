import { settingsViewSchema } from '../../../../contract/optimizer-api/index.ts';
import { readSettings } from '../../core/settings.ts';
import type { ApiRoute } from '../../http/route.ts';

export const getSettings: ApiRoute = {
  name: 'getSettings',
  method: 'GET',
  classic: ['/settings'],
  newer: ['/settings'],
  tag: 'service',
  summary: 'The settings; a stored password is masked',
  success: { status: 200, classic: settingsViewSchema },
  refusals: [],
  handle: async (core) => ({ value: readSettings(core), message: 'Settings' }),
};
