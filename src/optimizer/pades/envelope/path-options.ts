import type { CertificateCache, CertificatePool, RevocationReader } from '../../../pki/index.ts';

/** Whom a verification trusts, when, and what it may cost. */
export interface PathOptions {
  readonly anchors: CertificatePool;
  readonly at: Date;
  readonly certificates: CertificateCache;
  /** Its budget counts for the whole file. */
  readonly revocation: RevocationReader;
}
