/** Makes certificate revocation lists: complete lists of one authority (RFC 5280 §5). */
import type { Certificate } from '../certificate/certificate.ts';
import { authorityKeyIdentifier, type Extension, encodeExtension } from '../certificate/extensions.ts';
import { bitString, enumerated, integer, sequence, tagged, time } from '../der/writer.ts';
import { malformed } from '../errors.ts';
import { OID } from '../oids.ts';
import { type Signer, schemeIdentifier } from '../signature-scheme.ts';

/** CRLReason values in use (RFC 5280 §5.3.1). */
export const REVOCATION_REASON = Object.freeze({
  keyCompromise: 1,
  cACompromise: 2,
  superseded: 4,
  cessationOfOperation: 5,
});
export type RevocationReason = keyof typeof REVOCATION_REASON;

export interface RevokedEntry {
  readonly serialNumber: bigint;
  readonly revokedAt: Date;
  readonly reason: RevocationReason;
}

export interface CrlPlan {
  readonly issuer: Certificate;
  /** Greater than in every list before (RFC 5280 §5.2.3). */
  readonly number: bigint;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly revoked: readonly RevokedEntry[];
}

const VERSION_2 = 1;

/** Makes and signs a DER CertificateList with the issuer's key. */
export async function buildCrl(plan: CrlPlan, signer: Signer): Promise<Uint8Array> {
  const keyId = plan.issuer.subjectKeyIdentifier;
  if (keyId === undefined) throw malformed('CRL issuer without subjectKeyIdentifier');
  const number: Extension = { oid: OID.crlNumber, critical: false, value: integer(plan.number) };
  const entries = plan.revoked.map(encodeEntry);
  const tbs = sequence(
    integer(VERSION_2),
    schemeIdentifier(signer.scheme),
    plan.issuer.subject.der,
    time(plan.thisUpdate),
    time(plan.nextUpdate),
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    tagged(0, sequence(encodeExtension(authorityKeyIdentifier(keyId)), encodeExtension(number))),
  );
  return sequence(tbs, schemeIdentifier(signer.scheme), bitString(await signer.sign(tbs)));
}

function encodeEntry(entry: RevokedEntry): Uint8Array {
  const value = enumerated(REVOCATION_REASON[entry.reason]);
  const reason = encodeExtension({ oid: OID.reasonCode, critical: false, value });
  return sequence(integer(entry.serialNumber), time(entry.revokedAt), sequence(reason));
}
