import { z } from 'zod';
import { settingsFormSchema } from '../../../../contract/optimizer-api/index.ts';
import { changeSettings } from '../../core/settings.ts';
import type { ApiRoute } from '../../http/route.ts';

export const updateSettings: ApiRoute = {
  name: 'updateSettings',
  method: 'POST',
  classic: ['/settings'],
  newer: ['/settings'],
  tag: 'service',
  summary: 'Changes the settings that are named, and no others',
  body: { media: ['application/json'], classic: settingsFormSchema },
  success: { status: 200, classic: z.string() },
  refusals: [400],
  async handle(core, { body }) {
    changeSettings(core, body);
    return { text: 'Settings saved successfully' };
  },
};
