import {
  type Certificate,
  type CertificateCache,
  type CertificatePool,
  PkiError,
  type RevocationReader,
} from '../../../pki/index.ts';
import type { TrustRole } from '../../trusted-lists/list-trust.ts';

/** Whom a verification trusts, when, and what it may cost. */
export interface PathOptions {
  readonly anchors: CertificatePool;
  readonly at: Date;
  readonly certificates: CertificateCache;
  /** Its budget counts for the whole file. */
  readonly revocation: RevocationReader;
  /** Services of the trusted lists, where there are lists. */
  readonly listed?: ListedAnchors;
}

export interface ListedAnchors {
  readonly anchors: CertificatePool;
  /** Whether a chain that ends in one of them may be relied on at a time: the service may have been withdrawn. */
  readonly isTrustedAt: (chain: readonly Certificate[], role: TrustRole, time: Date) => boolean;
}

/**
 * Looks for a path to the anchors of one's own first, then to the services of the lists.
 * @param attempt finds a path to these anchors, and throws as `validatePath`
 * @returns undefined where a path leads to a service that was not granted then
 */
export function trustedPath<T extends { readonly chain: readonly Certificate[] }>(
  { anchors, listed }: Pick<PathOptions, 'anchors' | 'listed'>,
  role: TrustRole,
  attempt: (anchors: CertificatePool) => T,
  timeOf: (found: T) => Date,
): T | undefined {
  if (!listed) return attempt(anchors);
  try {
    return attempt(anchors);
  } catch (error) {
    if (!(error instanceof PkiError) || error.reason !== 'path-not-found') throw error;
    const found = attempt(listed.anchors);
    return listed.isTrustedAt(found.chain, role, timeOf(found)) ? found : undefined;
  }
}
