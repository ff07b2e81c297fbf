/** The rules that every certificate of a path has to keep (RFC 5280 §6.1), without policies: nobody here asks for one. */
import type { Certificate } from '../certificate/certificate.ts';
import type { GeneralName } from '../certificate/general-names.ts';
import { allowsName } from '../certificate/name-constraints.ts';
import { readSequence } from '../der/reader.ts';
import { contextPrimitive } from '../der/tags.ts';
import { PkiError } from '../errors.ts';
import { OID } from '../oids.ts';
import { allowedBy, type PathPurpose, purposesAtTheEnd, requirePurpose } from './purpose.ts';

/** A path under construction: a certificate, and what stands below it. */
export interface Step {
  readonly certificate: Certificate;
  readonly below: Step | undefined;
  readonly depth: number;
  /** Authorities between this one and the leaf, without those that certify themselves (RFC 5280 §6.1.4 l). */
  readonly intermediates: number;
  /** Purposes that everything so far allows; undefined where they are not asked for. */
  readonly purposes: ReadonlySet<string> | undefined;
}

/** Critical extensions that are processed here or by the caller; any other critical one is refused (RFC 5280 §4.2). */
const PROCESSED_CRITICAL: ReadonlySet<string> = new Set([
  OID.basicConstraints,
  OID.keyUsage,
  OID.extendedKeyUsage,
  OID.certificatePolicies,
  OID.subjectAltName,
  OID.nameConstraints,
  // They can fail a path only where a policy is asked for (RFC 5280 §6.1.3 f): by the caller, who asks for none, or by
  // policyConstraints, which is judged by its content.
  OID.policyMappings,
  OID.inhibitAnyPolicy,
  OID.policyConstraints,
]);

/** Names to compare with subtrees, in one certificate: more are a way to keep us busy. */
const MAX_NAME_COMPARISONS = 20_000;

export const stepOfLeaf = (certificate: Certificate, purpose: PathPurpose): Step => ({
  certificate,
  below: undefined,
  depth: 1,
  intermediates: 0,
  purposes: purposesAtTheEnd(certificate, purpose),
});

export function stepAbove(below: Step, certificate: Certificate): Step {
  const isIntermediate = below.below !== undefined && !below.certificate.selfIssued;
  return {
    certificate,
    below,
    depth: below.depth + 1,
    intermediates: below.intermediates + (isIntermediate ? 1 : 0),
    purposes: below.purposes && allowedBy(certificate, below.purposes),
  };
}

/** What is wrong with the certificate at the end of the path, the gravest first. */
export function flawsOfLeaf({ certificate }: Step, at: Date, purpose: PathPurpose): PkiError[] {
  return flawsFound(certificate, [
    () => requireValidAt(certificate, at),
    () => requireKnownCriticalExtensions(certificate),
    () => requirePurpose(certificate, purpose),
    () => requireStrongKey(certificate),
  ]);
}

/** What is wrong with the authority at the top of these steps, the gravest first. */
export function flawsOfAuthority(step: Step, at: Date): PkiError[] {
  const { certificate, below } = step;
  return flawsFound(certificate, [
    () => requireValidAt(certificate, at),
    () => requireKnownCriticalExtensions(certificate),
    () => requireAuthority(step),
    () => {
      if (step.purposes?.size === 0)
        throw invalid(certificate, 'may not issue certificates for this purpose');
    },
    () => requireAllowedNames(step),
    () => requireStrongKey(certificate),
    () => below && requireStrongAlgorithm(below.certificate),
  ]);
}

function flawsFound(certificate: Certificate, rules: readonly (() => unknown)[]): PkiError[] {
  return rules.flatMap((rule) => {
    try {
      rule();
      return [];
    } catch (error) {
      if (!(error instanceof PkiError)) throw error;
      return [error.reason === 'malformed' ? invalid(certificate, error.message) : error];
    }
  });
}

function requireValidAt(certificate: Certificate, at: Date): void {
  if (certificate.isValidAt(at)) return;
  const { subject, notBefore, notAfter } = certificate;
  const period = `${notBefore.toISOString()} to ${notAfter.toISOString()}`;
  const reason = at < notBefore ? 'certificate-not-yet-valid' : 'certificate-outside-validity';
  throw new PkiError(reason, `"${subject.text}" is valid from ${period}`);
}

function requireKnownCriticalExtensions(certificate: Certificate): void {
  for (const { critical, oid } of certificate.fields.extensions.values()) {
    if (critical && !PROCESSED_CRITICAL.has(oid)) throw invalid(certificate, `critical extension ${oid}`);
  }
  const constraints = certificate.fields.extensions.get(OID.policyConstraints);
  if (constraints && readSequence(constraints.value).optional(contextPrimitive(0)) !== undefined)
    throw invalid(certificate, 'demands a policy (policyConstraints), which is not processed');
}

function requireAuthority({ certificate, intermediates }: Step): void {
  const { ca, pathLength } = certificate.basicConstraints;
  if (!ca) throw invalid(certificate, 'not a certification authority');
  if (pathLength !== undefined && intermediates > pathLength)
    throw invalid(certificate, 'path length exceeded');
  const usage = certificate.keyUsage;
  if (usage !== undefined && !usage.has('keyCertSign'))
    throw invalid(certificate, 'key may not sign certificates');
}

/** RFC 5280 §6.1.3 b, c: of everything below, but not of authorities that certify themselves. Critical or not. */
function requireAllowedNames({ certificate, below }: Step): void {
  const constraints = certificate.nameConstraints;
  if (constraints === undefined) return;
  const subtrees = constraints.permitted.length + constraints.excluded.length;
  for (let step = below; step; step = step.below) {
    if (step.below !== undefined && step.certificate.selfIssued) continue;
    const names = namesOf(step.certificate);
    if (names.length * subtrees > MAX_NAME_COMPARISONS)
      throw new PkiError('over-the-bound', `${names.length} names and ${subtrees} name constraints`);
    if (!names.every((name) => allowsName(constraints, name)))
      throw invalid(certificate, `may not certify the names of "${step.certificate.subject.text}"`);
  }
}

/** Subject and alternative names; an address in the subject counts where there are no others (RFC 5280 §4.2.1.10). */
function namesOf(certificate: Certificate): GeneralName[] {
  const { subject, subjectAlternativeNames: alternative } = certificate;
  const isNamed = subject.text !== '';
  const addresses = certificate.hasExtension(OID.subjectAltName) ? [] : subject.emailAddresses;
  return [
    ...(isNamed ? [{ kind: 'directory', tag: 164, value: subject.der } as const] : []),
    ...addresses.map(
      (address) => ({ kind: 'email', tag: 129, value: Buffer.from(address, 'latin1') }) as const,
    ),
    ...alternative,
  ];
}

/** EN 319 102-1 §5.2.8. */
export function requireStrongKey(certificate: Certificate): void {
  const { weakness } = certificate.keyStrength;
  if (weakness !== undefined)
    throw new PkiError('weak-cryptography', `the key of "${certificate.subject.text}": ${weakness}`);
}

/** With what it was signed; not asked of an anchor, which is trusted for another reason. */
export function requireStrongAlgorithm(certificate: Certificate): void {
  try {
    certificate.signatureAlgorithm;
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    throw new PkiError(error.reason, `the certificate of "${certificate.subject.text}": ${error.message}`, {
      cause: error,
    });
  }
}

const invalid = (certificate: Certificate, rule: string): PkiError =>
  new PkiError('path-invalid', `"${certificate.subject.text}": ${rule}`);
