/**
 * The registration officer that a sandbox creates at its first start. These values are public: the
 * production mode refuses to start while any officer still has them (`production-checks.ts`).
 */
export const SANDBOX_OFFICER = Object.freeze({
  username: 'officer',
  displayName: 'Sandbox Officer',
  password: 'sandbox-password',
  pin: '482913',
  registrationAuthority: '1000',
});
