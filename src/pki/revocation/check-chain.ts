/** Revocation of a whole path: every certificate but the anchor, and but those that are exempt by design. */
import { type Certificate, parseCertificate } from '../certificate/certificate.ts';
import type { ReadCertificate } from '../cms/signed-data.ts';
import { PkiError } from '../errors.ts';
import { OID } from '../oids.ts';
import { checkOcspResponse } from './check-ocsp.ts';
import { checkCrl, parseCrl } from './crl.ts';
import type { StatusTime } from './freshness.ts';

/** DER revocation data at hand. */
export interface RevocationMaterial {
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
}

/** A certificate whose status must be known, with the authority that answers for it. */
export interface CertificateInQuestion {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
}

/** Data that says that a certificate is not revoked. */
export interface RevocationEvidence {
  readonly kind: 'ocsp' | 'crl';
  readonly der: Uint8Array;
  /** The data speaks of the status at this time. */
  readonly thisUpdate: Date;
  /** Who signed it. */
  readonly signer: Certificate;
}

/** Short-term certificates whose validity is shorter than any revocation could take (EN 319 412-1 §5.2, RFC 9608). */
const EXEMPTING_EXTENSIONS = [OID.noRevAvail, OID.valassuredShortTerm, OID.ocspNoCheck];

/** True if no revocation information exists for the certificate by design; never for an authority (LT-01). */
const isExemptFromRevocation = (certificate: Certificate): boolean =>
  !certificate.basicConstraints.ca && EXEMPTING_EXTENSIONS.some((oid) => certificate.hasExtension(oid));

/** The certificates of a chain, as validatePath returns it, whose status must be known. */
export function certificatesInQuestion(chain: readonly Certificate[]): CertificateInQuestion[] {
  return chain.slice(0, -1).flatMap((certificate, index) => {
    const issuer = chain[index + 1];
    return issuer === undefined || isExemptFromRevocation(certificate) ? [] : [{ certificate, issuer }];
  });
}

/**
 * All data at hand that settles the status of one certificate, OCSP first, or why none of it does.
 * Throws PkiError `revoked`: one word of it is final.
 */
export function findRevocationEvidence(
  { certificate, issuer }: CertificateInQuestion,
  material: RevocationMaterial,
  time: StatusTime,
  readCertificate: ReadCertificate = parseCertificate,
): { evidence: RevocationEvidence[]; refusal: PkiError } {
  const evidence: RevocationEvidence[] = [];
  let refusal = new PkiError(
    'revocation-data-invalid',
    `no revocation data for "${certificate.subject.text}"`,
  );
  const attempt = (check: () => RevocationEvidence): void => {
    try {
      evidence.push(check());
    } catch (error) {
      if (!(error instanceof PkiError) || error.reason === 'revoked') throw error;
      // Data about other certificates is expected here; stale data about this one is worth telling.
      if (error.reason === 'revocation-data-stale') refusal = error;
    }
  };
  for (const der of material.ocspResponses) {
    attempt(() => {
      const verdict = checkOcspResponse(der, { certificate, issuer, ...time }, readCertificate);
      return { kind: 'ocsp', der, thisUpdate: verdict.thisUpdate, signer: verdict.responder };
    });
  }
  for (const der of material.crls) {
    attempt(() => {
      const crl = parseCrl(der);
      checkCrl(crl, certificate, issuer, time);
      return { kind: 'crl', der, thisUpdate: crl.thisUpdate, signer: issuer };
    });
  }
  return { evidence, refusal };
}

/**
 * Checks a chain as validatePath returns it. Returns the DER data that was used, which is what a DSS must hold
 * (LT-02). Throws PkiError `revoked`, or the reason why no data at hand settles a certificate.
 */
export function checkChainRevocation(
  chain: readonly Certificate[],
  material: RevocationMaterial,
  at: Date,
): RevocationMaterial {
  const used = certificatesInQuestion(chain).map((question) => {
    const { evidence, refusal } = findRevocationEvidence(question, material, { at });
    const [first] = evidence;
    if (first === undefined) throw refusal;
    return first;
  });
  const dersOf = (kind: RevocationEvidence['kind']): Uint8Array[] => [
    ...new Set(used.filter((one) => one.kind === kind).map(({ der }) => der)),
  ];
  return { crls: dersOf('crl'), ocspResponses: dersOf('ocsp') };
}
