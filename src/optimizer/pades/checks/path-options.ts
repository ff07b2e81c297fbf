import type { Certificate, CertificateCache } from '../../../pki/index.ts';

/** Whom a verification trusts, and when. */
export interface PathOptions {
  readonly anchors: readonly Certificate[];
  readonly at: Date;
  readonly certificates: CertificateCache;
}
