import { z } from 'zod';
import {
  settingsFormSchema,
  settingsViewSchema,
  versionViewSchema,
} from '../../contract/optimizer-api/index.ts';
import { changeSettings, describeVersion, readSettings } from '../core/settings.ts';
import type { ApiRoute } from './route.ts';

const getSettings: ApiRoute = {
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

const getVersion: ApiRoute = {
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

const hello: ApiRoute = {
  name: 'hello',
  method: 'GET',
  classic: ['/hello'],
  newer: ['/hello'],
  tag: 'service',
  summary: 'Whether the Optimizer answers',
  success: { status: 200, classic: z.literal('Hello') },
  refusals: [],
  handle: async () => ({ value: 'Hello', message: 'Hello' }),
};

const updateSettings: ApiRoute = {
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

/** Calls below service. */
export const SERVICE_ROUTES: readonly ApiRoute[] = [getSettings, getVersion, hello, updateSettings];
