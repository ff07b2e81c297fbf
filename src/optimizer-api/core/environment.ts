import type { ApiPolicy } from './api-core.ts';
import { Refusal } from './refusal.ts';

/** `test` is the older name of `sandbox`. */
const MODES: Readonly<Record<string, ApiPolicy['mode']>> = {
  sandbox: 'sandbox',
  test: 'sandbox',
  prod: 'production',
};

export const environmentName = (mode: ApiPolicy['mode']): string => (mode === 'sandbox' ? 'sandbox' : 'prod');

/** @throws Refusal 400 where the service behind this Optimizer is of another environment */
export function assertEnvironment(env: string | undefined, mode: ApiPolicy['mode']): void {
  if (env === undefined || env === '') return;
  const named = MODES[env];
  if (named === undefined) throw new Refusal(400, `Environment ${env.slice(0, 40)} does not exist`);
  if (named !== mode) throw new Refusal(400, 'The specified environment is not available');
}
