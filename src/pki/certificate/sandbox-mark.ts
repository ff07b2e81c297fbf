/** The mark of certificates that exist for trials. */
import type { Certificate } from './certificate.ts';

/** Below the enterprise number reserved for documentation (RFC 5612), which no real policy can have. */
export const SANDBOX_POLICY_ARC = '1.3.6.1.4.1.32473.';

/** The marker that survives renaming: any policy of the documentation arc. */
export const isSandboxCertificate = (certificate: Certificate): boolean =>
  certificate.policies.some(({ policy }) => policy.startsWith(SANDBOX_POLICY_ARC));
