import type { startOptimizerApi } from '../../src/optimizer-api/index.ts';

/** How an Optimizer's API is started where nothing but its own work matters: on a free port, for everybody, unheard. */
export const API_START = {
  listen: { host: '127.0.0.1', port: 0 },
  clients: undefined,
  policy: {
    mode: 'sandbox',
    defaultProfile: 'single-use-p256',
    defaultRegistrationAuthority: '1000',
    profiles: {},
    identityImages: 'optional',
    maxFileBytes: 1e6,
    callbackHosts: 'any',
  },
  compatibility: { billingPassword: false, notFoundAs400: false },
  version: 'test',
  log: () => undefined,
  notice: () => undefined,
  callbackFailed: () => undefined,
  recovered: () => undefined,
} as const satisfies Partial<Parameters<typeof startOptimizerApi>[0]>;
