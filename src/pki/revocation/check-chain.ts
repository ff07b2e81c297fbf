/** Revocation of a whole path: every certificate but the anchor; those that are exempt by design may lack data. */
import type { Certificate } from '../certificate/certificate.ts';
import { equalBytes } from '../der/bytes.ts';
import { PkiError } from '../errors.ts';
import { OID } from '../oids.ts';
import { readCrlStatement } from './check-crl.ts';
import { readOcspStatements } from './check-ocsp.ts';
import { type RevocationMaterial, RevocationReader } from './revocation-reader.ts';
import { type Statement, settle, type TimeOfUse } from './statement.ts';

/** A certificate whose status must be known, with the authority that answers for it. */
export interface CertificateInQuestion {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  /** That nothing is known of it is no flaw; what is known counts. */
  readonly isExempt: boolean;
}

/** Data that says that a certificate is not revoked. */
export type RevocationGround = Pick<Statement, 'kind' | 'der' | 'thisUpdate' | 'signer'>;

/** Revocation data and the time by which it provably existed. */
export interface ProvenMaterial extends RevocationMaterial {
  readonly knownAt: Date;
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
    return issuer === undefined
      ? []
      : [{ certificate, issuer, isExempt: isExemptFromRevocation(certificate) }];
  });
}

/** A responder that its authority certified for OCSP has a status of its own, unless it is exempt (RFC 6960 §4.2.2.2.1). */
export function delegatesInQuestion(
  { signer }: RevocationGround,
  { certificate, issuer }: CertificateInQuestion,
): CertificateInQuestion[] {
  const isDelegate = !equalBytes(signer.der, issuer.der) && !equalBytes(signer.der, certificate.der);
  return isDelegate ? certificatesInQuestion([signer, issuer]) : [];
}

/**
 * All data given that settles that one certificate was good, newest first, or why none of it does. Every piece is
 * looked at before any is relied on: one that says `revoked` is final.
 *
 * @throws PkiError `revoked`, `revocation-uncertain`; `over-the-bound` for more data than is checked.
 */
export function findRevocationGrounds(
  { certificate, issuer }: Pick<CertificateInQuestion, 'certificate' | 'issuer'>,
  materials: readonly ProvenMaterial[],
  use: TimeOfUse,
  reader: RevocationReader = new RevocationReader(),
): { grounds: RevocationGround[]; refusal: PkiError } {
  const { at } = use;
  const statements: Statement[] = [];
  let refusal = new PkiError(
    'revocation-data-invalid',
    `no revocation data for "${certificate.subject.text}"`,
  );
  const refused = (error: PkiError): void => {
    if (tells(error) >= tells(refusal)) refusal = error;
  };
  const attempt = (read: () => readonly Statement[]): void => {
    try {
      const found = read();
      statements.push(...found);
      for (const statement of found) if (statement.refusal) refused(statement.refusal);
    } catch (error) {
      if (!(error instanceof PkiError) || error.reason === 'over-the-bound') throw error;
      refused(error);
    }
  };
  for (const material of materials) {
    const time = { at, knownAt: material.knownAt };
    for (const response of reader.ocspResponsesFor(material, certificate.fields.serialNumber))
      attempt(() => readOcspStatements(response, certificate, issuer, time, reader.work));
    for (const crl of reader.crlsOf(material, issuer.subject.der))
      attempt(() => [readCrlStatement(crl, certificate, issuer, time, reader.work)]);
  }
  return { grounds: settle(certificate, statements, use), refusal };
}

/** Which refusal is worth telling: data about others is expected, data that would settle the matter but for one thing is not. */
function tells({ reason }: PkiError): number {
  if (reason === 'weak-cryptography') return 3;
  if (reason === 'unsupported-algorithm') return 2;
  return reason === 'revocation-data-stale' ? 1 : 0;
}

/**
 * Checks a chain as validatePath returns it. Returns the DER data that was used, which is what a DSS must hold
 * (LT-02).
 * @throws PkiError `revoked`, or the reason why no available data settles a certificate.
 */
export function checkChainRevocation(
  chain: readonly Certificate[],
  material: RevocationMaterial,
  at: Date,
): RevocationMaterial {
  const reader = new RevocationReader();
  const used = certificatesInQuestion(chain).flatMap((question) => {
    const { grounds, refusal } = findRevocationGrounds(
      question,
      [{ ...material, knownAt: at }],
      { at },
      reader,
    );
    const [first] = grounds;
    if (question.isExempt) return [];
    if (first === undefined) throw refusal;
    return [first];
  });
  const dersOf = (kind: RevocationGround['kind']): Uint8Array[] => [
    ...new Set(used.filter((one) => one.kind === kind).map(({ der }) => der)),
  ];
  return { crls: dersOf('crl'), ocspResponses: dersOf('ocsp') };
}
