import { SHIPPED_PROFILES } from '../settings/profiles.ts';

/**
 * Settings of a sandbox behind the Optimizer's API, for what existing applications do: they ask for the code
 * before they choose the look of the signature, bring proofs of other authentications, and many of them call.
 */
export const API_SANDBOX = Object.freeze({
  profiles: SHIPPED_PROFILES.map((profile) => ({
    ...profile,
    externalAuthentication: true,
    bindToContents: true,
  })),
  limits: { callsPerMinute: 100_000, loginsPerMinute: 10_000 },
});
