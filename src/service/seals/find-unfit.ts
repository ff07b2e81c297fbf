import { type Certificate, equalBytes, isSandboxCertificate, OID } from '../../pki/index.ts';

/** EN 319 412-2 §4.3.2: types A, B and C; without any usage it may not sign. */
const SIGNING_USAGES = ['nonRepudiation', 'digitalSignature'];

export interface SealCertificates {
  readonly certificate: Certificate;
  /** The issuing authority first. */
  readonly chain: readonly Certificate[];
}

/** What keeps certificates from being a seal of this key; empty when nothing does. Revocation is the verifier's to ask. */
export function findUnfitSeal(
  { certificate, chain }: SealCertificates,
  publicKeySpki: Uint8Array | undefined,
  at: Date,
): string[] {
  const findings: string[] = [];
  const [issuer] = chain;
  const { subject, keyUsage } = certificate;
  if (publicKeySpki === undefined) findings.push('its key is missing');
  else if (!equalBytes(certificate.publicKeySpki, publicKeySpki))
    findings.push('the certificate is of another key');
  if (subject.organization === undefined) findings.push('the certificate names no organisation');
  // EN 319 412-3 §4.2.1: what tells two organisations of one name apart.
  if (subject.organizationIdentifier === undefined)
    findings.push('the certificate has no identifier of the organisation');
  if (certificate.basicConstraints.ca) findings.push('the certificate is of an authority');
  if (keyUsage !== undefined && !SIGNING_USAGES.some((usage) => keyUsage.has(usage)))
    findings.push('the certificate may not sign');
  if (certificate.hasExtension(OID.valassuredShortTerm)) findings.push('the certificate is a short-term one');
  if (!certificate.isValidAt(at)) findings.push('the certificate is outside its validity');
  if (issuer === undefined) findings.push('the certificate of its authority is missing');
  for (const [index, one] of [certificate, ...chain].entries()) {
    const above = chain[index];
    if (above !== undefined && !one.isSignedBy(above))
      findings.push(`"${one.subject.text}" is not signed by "${above.subject.text}"`);
  }
  return findings;
}

export const isOfSandbox = ({ certificate, chain }: SealCertificates): boolean =>
  [certificate, ...chain].some(isSandboxCertificate);
