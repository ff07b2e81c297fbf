import type { Certificate } from '../certificate/certificate.ts';
import { isSameName } from '../certificate/name-comparison.ts';
import { equalBytes } from '../der/bytes.ts';
import { PkiError } from '../errors.ts';

/** True if names and key identifiers chain and the signature verifies. */
export const isIssuedBy = (certificate: Certificate, issuer: Certificate): boolean =>
  isSameName(certificate.issuer.der, issuer.subject.der) &&
  likenessOfKeys(certificate, issuer) !== 'different' &&
  certificate.isSignedBy(issuer);

/** What the key identifiers say; they are hints alone, and without both there is none (RFC 4158 §3.5.12). */
export function likenessOfKeys(
  certificate: Certificate,
  issuer: Certificate,
): 'same' | 'unknown' | 'different' {
  try {
    const wanted = certificate.authorityKeyIdentifier;
    const offered = issuer.subjectKeyIdentifier;
    if (wanted === undefined || offered === undefined) return 'unknown';
    return equalBytes(wanted, offered) ? 'same' : 'different';
  } catch (error) {
    // An identifier that cannot be read identifies nothing.
    if (error instanceof PkiError) return 'unknown';
    throw error;
  }
}
