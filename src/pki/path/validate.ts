/** Certification path building and validation (RFC 5280 §6), without policy mapping: our hierarchies have none. */
import type { Certificate } from '../certificate/certificate.ts';
import { equalBytes } from '../der/bytes.ts';
import { PkiError } from '../errors.ts';
import { OID } from '../oids.ts';
import { type PathPurpose, requirePurpose } from './purpose.ts';

/** A path of more certificates than this is refused: no hierarchy in the field is so deep. */
const MAX_PATH_LENGTH = 8;

/** Critical extensions that are processed here or by the caller; any other critical one is refused (RFC 5280 §4.2). */
const PROCESSED_CRITICAL: ReadonlySet<string> = new Set([
  OID.basicConstraints,
  OID.keyUsage,
  OID.extendedKeyUsage,
  OID.certificatePolicies,
  OID.subjectAltName,
]);

/**
 * Finds and validates a path from `leaf` to one of `anchors` at the time `at`: signatures, names, validity,
 * basicConstraints, pathLength, keyUsage, critical extensions, and the purpose of the leaf. Revocation is separate.
 *
 * Returns the chain, leaf first, anchor last. Throws PkiError: `path-not-found` when no issuer leads to an anchor,
 * `certificate-outside-validity`, or `path-invalid` with the rule that does not hold.
 */
export function validatePath(
  leaf: Certificate,
  pool: readonly Certificate[],
  anchors: readonly Certificate[],
  at: Date,
  purpose: PathPurpose,
): Certificate[] {
  const chain = findPath([leaf], pool, anchors);
  if (chain === undefined) {
    throw new PkiError('path-not-found', `no path from "${leaf.subject.text}" to a trust anchor`);
  }
  for (const certificate of chain) requireValidAt(certificate, at);
  for (const certificate of chain) requireKnownCriticalExtensions(certificate);
  chain.slice(1).forEach(requireAuthority);
  requirePurpose(leaf, purpose);
  return chain;
}

/** Depth-first search; anchors are tried before other issuers, so that paths stay short. */
function findPath(
  path: readonly Certificate[],
  pool: readonly Certificate[],
  anchors: readonly Certificate[],
): Certificate[] | undefined {
  const last = path.at(-1);
  if (last === undefined || path.length > MAX_PATH_LENGTH) return undefined;
  if (anchors.some((anchor) => equalBytes(anchor.der, last.der))) return [...path];
  for (const issuer of [...anchors, ...pool]) {
    if (path.includes(issuer) || !isIssuedBy(last, issuer)) continue;
    const found = findPath([...path, issuer], pool, anchors);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** True if names and key identifiers chain and the signature verifies. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  if (!equalBytes(certificate.issuer.der, issuer.subject.der)) return false;
  const wanted = certificate.authorityKeyIdentifier;
  const offered = issuer.subjectKeyIdentifier;
  if (wanted !== undefined && offered !== undefined && !equalBytes(wanted, offered)) return false;
  return certificate.isSignedBy(issuer);
}

function requireValidAt(certificate: Certificate, at: Date): void {
  if (certificate.isValidAt(at)) return;
  const { subject, notBefore, notAfter } = certificate;
  const period = `${notBefore.toISOString()} to ${notAfter.toISOString()}`;
  throw new PkiError('certificate-outside-validity', `"${subject.text}" is valid from ${period}`);
}

function requireKnownCriticalExtensions(certificate: Certificate): void {
  for (const { critical, oid } of certificate.fields.extensions.values()) {
    if (critical && !PROCESSED_CRITICAL.has(oid)) throw invalid(certificate, `critical extension ${oid}`);
  }
}

/** `index` authorities, not counting this one, stand between it and the leaf (RFC 5280 §6.1.4 l, m). */
function requireAuthority(authority: Certificate, index: number): void {
  const { ca, pathLength } = authority.basicConstraints;
  if (!ca) throw invalid(authority, 'not a certification authority');
  if (pathLength !== undefined && index > pathLength) throw invalid(authority, 'path length exceeded');
  const usage = authority.keyUsage;
  if (usage !== undefined && !usage.has('keyCertSign'))
    throw invalid(authority, 'key may not sign certificates');
}

const invalid = (certificate: Certificate, rule: string): PkiError =>
  new PkiError('path-invalid', `"${certificate.subject.text}": ${rule}`);
