/** Certificates of authorities, by the keys of their own hierarchy. */

import type { Clock } from '../../base/clock.ts';
import { buildCertificate, type Certificate, parseCertificate, type Signer } from '../../pki/index.ts';
import type { Authority, AuthorityName } from './authority.ts';
import {
  authorityExpiry,
  authorityExtensions,
  authoritySubject,
  type HierarchyAddresses,
  type HierarchyNaming,
} from './authority-profile.ts';
import { signPlanned } from './issue.ts';
import { newSerialNumber, type RandomBytes } from './serial-number.ts';

export interface IssuingOptions extends HierarchyAddresses {
  readonly naming: HierarchyNaming;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}

/** Clocks of verifiers may be behind, in milliseconds. */
const BACKDATE = 5 * 60 * 1000;

/**
 * A certificate of this role, no longer valid than its issuer's.
 * @param issuer undefined for the root, which signs itself. @throws what the key store throws.
 */
export async function issueAuthority(
  name: AuthorityName,
  signer: Signer,
  issuer: Authority | undefined,
  options: IssuingOptions,
): Promise<Certificate> {
  return certifyAuthority(name, signer.publicKeySpki, issuer?.signer ?? signer, issuer?.certificate, options);
}

/**
 * The same for a key that is elsewhere.
 * @param issuer undefined for the root, which signs itself
 */
export async function certifyAuthority(
  name: AuthorityName,
  publicKeySpki: Uint8Array,
  issuerSigner: Signer,
  issuer: Certificate | undefined,
  options: IssuingOptions,
): Promise<Certificate> {
  const notBefore = new Date(options.clock().getTime() - BACKDATE);
  const expiry = authorityExpiry(name, notBefore).getTime();
  const end = issuer?.notAfter.getTime() ?? expiry;
  const subject = authoritySubject(name, options.naming);
  const tbs = buildCertificate({
    serialNumber: newSerialNumber(options.randomBytes),
    issuer: issuer?.subject.der ?? subject,
    subject,
    notBefore,
    notAfter: new Date(Math.min(expiry, end)),
    publicKeySpki,
    extensions: authorityExtensions(name, options.naming, options, {
      subjectSpki: publicKeySpki,
      issuerSpki: issuerSigner.publicKeySpki,
    }),
    issuerScheme: issuerSigner.scheme,
  });
  return parseCertificate(await signPlanned(tbs, issuerSigner));
}
