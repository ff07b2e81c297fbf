/** Revocation of a whole path: every certificate but the anchor, and but those that are exempt by design. */
import type { Certificate } from '../certificate/certificate.ts';
import { PkiError } from '../errors.ts';
import { OID } from '../oids.ts';
import { checkOcspResponse } from './check-ocsp.ts';
import { checkCrl, parseCrl } from './crl.ts';

/** DER revocation data at hand. */
export interface RevocationMaterial {
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
}

/** Short-term certificates whose validity is shorter than any revocation could take (EN 319 412-1 §5.2, RFC 9608). */
const EXEMPTING_EXTENSIONS = [OID.noRevAvail, OID.valassuredShortTerm, OID.ocspNoCheck];

/** True if no revocation information exists for the certificate by design; never for an authority (LT-01). */
export const isExemptFromRevocation = (certificate: Certificate): boolean =>
  !certificate.basicConstraints.ca && EXEMPTING_EXTENSIONS.some((oid) => certificate.hasExtension(oid));

/**
 * Checks a chain as validatePath returns it. Returns the DER data that was used, which is what a DSS must hold
 * (LT-02). Throws PkiError `revoked`, or the reason why no data at hand settles a certificate.
 */
export function checkChainRevocation(
  chain: readonly Certificate[],
  material: RevocationMaterial,
  at: Date,
): RevocationMaterial {
  const crls = new Set<Uint8Array>();
  const ocspResponses = new Set<Uint8Array>();
  chain.slice(0, -1).forEach((certificate, index) => {
    const issuer = chain[index + 1];
    if (issuer === undefined || isExemptFromRevocation(certificate)) return;
    const used = findRevocationData(certificate, issuer, material, at);
    (used.kind === 'ocsp' ? ocspResponses : crls).add(used.der);
  });
  return { crls: [...crls], ocspResponses: [...ocspResponses] };
}

function findRevocationData(
  certificate: Certificate,
  issuer: Certificate,
  material: RevocationMaterial,
  at: Date,
): { kind: 'ocsp' | 'crl'; der: Uint8Array } {
  let refusal = new PkiError(
    'revocation-data-invalid',
    `no revocation data for "${certificate.subject.text}"`,
  );
  const attempts = [
    ...material.ocspResponses.map((der) => ({
      kind: 'ocsp' as const,
      der,
      check: () => checkOcspResponse(der, { certificate, issuer, at }),
    })),
    ...material.crls.map((der) => ({
      kind: 'crl' as const,
      der,
      check: () => checkCrl(parseCrl(der), certificate, issuer, at),
    })),
  ];
  for (const { kind, der, check } of attempts) {
    try {
      check();
      return { kind, der };
    } catch (error) {
      if (!(error instanceof PkiError) || error.reason === 'revoked') throw error;
      // Data about other certificates is expected here; stale data about this one is worth telling.
      if (error.reason === 'revocation-data-stale') refusal = error;
    }
  }
  throw refusal;
}
