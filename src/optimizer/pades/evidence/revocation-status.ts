/** Whether the certificates of a chain were revoked, by the data that a file carries. */
import {
  type Certificate,
  type CertificateInQuestion,
  certificatesInQuestion,
  equalBytes,
  findRevocationEvidence,
  PkiError,
  type ReadCertificate,
  type RevocationEvidence,
  type RevocationMaterial,
} from '../../../pki/index.ts';

/** Revocation data and the time by which it provably existed. */
export interface ProvenMaterial extends RevocationMaterial {
  readonly knownAt: Date;
}

/** A validated chain, and the time at which it must not have been revoked. */
export interface ChainUse {
  readonly role: 'signer' | 'time-stamp authority';
  readonly chain: readonly Certificate[];
  readonly at: Date;
}

export type RevocationStatus =
  | { readonly outcome: 'good'; readonly evidence: readonly RevocationEvidence[] }
  | { readonly outcome: 'unknown'; readonly certificate: Certificate; readonly reason: string }
  | { readonly outcome: 'revoked'; readonly reason: string };

/** EN 319 102-1 §5.2.6 over what is at hand; nothing is fetched. */
export function revocationStatus(
  { chain, at }: ChainUse,
  materials: readonly ProvenMaterial[],
  readCertificate: ReadCertificate,
): RevocationStatus {
  const used: RevocationEvidence[] = [];
  const open = certificatesInQuestion(chain);
  try {
    for (let question = open.pop(); question; question = open.pop()) {
      const found = findIn(question, materials, at, readCertificate);
      if (!found.evidence) {
        return { outcome: 'unknown', certificate: question.certificate, reason: found.reason };
      }
      used.push(found.evidence);
      open.push(...delegatesInQuestion(found.evidence, question));
    }
  } catch (error) {
    if (error instanceof PkiError && error.reason === 'revoked')
      return { outcome: 'revoked', reason: error.message };
    throw error;
  }
  return { outcome: 'good', evidence: used };
}

/** A responder that its authority certified for OCSP has a status of its own, unless it is exempt (RFC 6960 §4.2.2.2.1). */
export function delegatesInQuestion(
  { signer }: RevocationEvidence,
  { certificate, issuer }: CertificateInQuestion,
): CertificateInQuestion[] {
  // A responder that vouches for itself vouches for nothing.
  const isDelegate = !equalBytes(signer.der, issuer.der) && !equalBytes(signer.der, certificate.der);
  return isDelegate ? certificatesInQuestion([signer, issuer]) : [];
}

function findIn(
  question: CertificateInQuestion,
  materials: readonly ProvenMaterial[],
  at: Date,
  readCertificate: ReadCertificate,
): { evidence: RevocationEvidence | undefined; reason: string } {
  let reason = 'there is no revocation data';
  for (const material of materials) {
    const time = { at, knownAt: material.knownAt };
    const { evidence, refusal } = findRevocationEvidence(question, material, time, readCertificate);
    if (evidence[0]) return { evidence: evidence[0], reason };
    reason = refusal.message;
  }
  return { evidence: undefined, reason };
}
