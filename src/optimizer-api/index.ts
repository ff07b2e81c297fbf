/** Public surface of the REST API: the station and the command line import only this. */

import { access } from 'node:fs/promises';
import type { ApiData } from './open-data.ts';
import type { OptimizerApi, OptimizerApiOptions } from './start.ts';
import { ApiFiles } from './store/api-files.ts';
import type { CallbackQueue } from './store/callback-queue.ts';

export type { ApiPolicy, Compatibility } from './core/api-core.ts';
export type { ApiData } from './open-data.ts';
export { apiPolicyFor } from './policy-for.ts';
export { type Applications, newApplication } from './security/api-keys.ts';
export {
  addApiKey,
  applicationsIn,
  readApiClients,
  revokeApiKey,
  rotateApiKey,
} from './security/key-file.ts';
export type { OptimizerApi, OptimizerApiOptions } from './start.ts';
export { newSealingKey, type SealingKey } from './store/sealed-files.adapter.ts';

// Server and database are loaded with the first API: a desk that signs and verifies by itself has neither.

/** See `open-data.ts`. */
export async function openApiData(
  ...options: Parameters<typeof import('./open-data.ts').openApiData>
): Promise<ApiData> {
  return (await import('./open-data.ts')).openApiData(...options);
}

/** Callbacks that failed at least once and are tried again, and those that were given up; also while the API runs. */
export async function failingCallbacks(directory: string): Promise<ReturnType<CallbackQueue['failing']>> {
  const [{ RecordStore }, { openCallbackQueue }] = await Promise.all([
    import('./store/record-store.ts'),
    import('./store/records.ts'),
  ]);
  const store = new RecordStore(new ApiFiles(directory).databasePath);
  try {
    return openCallbackQueue(store).failing();
  } finally {
    store.close();
  }
}

/** Whether an application ever began something in this directory. */
export const hasApiData = (directory: string): Promise<boolean> =>
  access(new ApiFiles(directory).databasePath).then(
    () => true,
    () => false,
  );

/** See `start.ts`. */
export async function startOptimizerApi(options: OptimizerApiOptions): Promise<OptimizerApi> {
  return (await import('./start.ts')).startOptimizerApi(options);
}
