/** Certificate revocation lists: complete lists of one authority (RFC 5280 §5). */
import type { Certificate } from '../certificate/certificate.ts';
import { type DistinguishedName, parseName } from '../certificate/distinguished-name.ts';
import {
  authorityKeyIdentifier,
  decodeAuthorityKeyIdentifier,
  type Extension,
  encodeExtension,
  readExtensions,
} from '../certificate/extensions.ts';
import { equalBytes } from '../der/bytes.ts';
import { DerReader, readOnly, readSequence } from '../der/reader.ts';
import { contextConstructed, TAG } from '../der/tags.ts';
import { bitString, enumerated, integer, sequence, tagged, time } from '../der/writer.ts';
import { malformed, PkiError } from '../errors.ts';
import { OID } from '../oids.ts';
import {
  readSignatureIdentifier,
  type SignatureAlgorithm,
  type Signer,
  schemeIdentifier,
  verifySignature,
} from '../signature-scheme.ts';
import { requireFresh, requireValidSigner, type StatusTime } from './freshness.ts';

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

export interface Crl {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly authorityKeyIdentifier: Uint8Array | undefined;
  readonly number: bigint | undefined;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  /** Time of revocation by serial number. */
  readonly revoked: ReadonlyMap<bigint, Date>;
  readonly criticalExtensions: readonly string[];
  readonly signatureAlgorithm: SignatureAlgorithm;
  readonly signature: Uint8Array;
}

/** Reads a DER CertificateList of version 2. Throws PkiError `malformed` or `unsupported-algorithm`. */
export function parseCrl(der: Uint8Array): Crl {
  const outer = readSequence(der);
  const tbs = outer.element(TAG.sequence).bytes;
  const identifier = outer.element(TAG.sequence).bytes;
  const signature = outer.bitString();
  outer.end();
  const fields = readSequence(tbs);
  if (fields.smallInteger() !== VERSION_2) throw malformed('CRL is not of version 2');
  if (!equalBytes(fields.element(TAG.sequence).bytes, identifier)) throw malformed('CRL algorithms differ');
  const issuer = parseName(fields.element(TAG.sequence).bytes);
  const thisUpdate = fields.time();
  const hasNext = fields.peek() === TAG.utcTime || fields.peek() === TAG.generalizedTime;
  const nextUpdate = hasNext ? fields.time() : undefined;
  const entries = fields.optionalInside(TAG.sequence)?.map(readEntry) ?? [];
  const extensionsReader = fields.optionalInside(contextConstructed(0));
  fields.end();
  const extensions =
    extensionsReader === undefined ? new Map<string, Extension>() : readExtensions(extensionsReader);
  const number = extensions.get(OID.crlNumber);
  const keyId = extensions.get(OID.authorityKeyIdentifier);
  return {
    der,
    tbs,
    issuer,
    authorityKeyIdentifier: keyId === undefined ? undefined : decodeAuthorityKeyIdentifier(keyId.value),
    number: number === undefined ? undefined : new DerReader(number.value).integer(),
    thisUpdate,
    nextUpdate,
    revoked: new Map(entries),
    criticalExtensions: [...extensions.values()].filter(({ critical }) => critical).map(({ oid }) => oid),
    signatureAlgorithm: readSignatureIdentifier(new DerReader(readOnly(identifier).bytes)),
    signature,
  };
}

function readEntry(reader: DerReader): [serialNumber: bigint, revokedAt: Date] {
  const fields = reader.sequence();
  const serialNumber = fields.integer();
  const revokedAt = fields.time();
  const extensions = fields.atEnd ? new Map<string, Extension>() : readExtensions(fields);
  fields.end();
  // A critical entry extension (certificateIssuer) would make the entry mean another authority's certificate.
  if ([...extensions.values()].some(({ critical }) => critical))
    throw malformed('critical extension in a CRL entry');
  return [serialNumber, revokedAt];
}

/**
 * Checks that `certificate` is not revoked by this list of its issuer at the time that matters. Throws PkiError
 * `revoked`, `revocation-data-stale` (also for a list of the future) or `revocation-data-invalid`.
 */
export function checkCrl(crl: Crl, certificate: Certificate, issuer: Certificate, time: StatusTime): void {
  if (
    !equalBytes(crl.issuer.der, issuer.subject.der) ||
    !equalBytes(certificate.issuer.der, issuer.subject.der)
  ) {
    throw new PkiError('revocation-data-invalid', 'CRL of another authority');
  }
  if (crl.criticalExtensions.length > 0) {
    throw new PkiError(
      'revocation-data-invalid',
      `critical CRL extension ${crl.criticalExtensions.join(', ')}`,
    );
  }
  const usage = issuer.keyUsage;
  if (usage !== undefined && !usage.has('cRLSign')) {
    throw new PkiError('revocation-data-invalid', 'key of the authority may not sign CRLs');
  }
  if (!verifySignature(crl.signatureAlgorithm, issuer.publicKey, crl.tbs, crl.signature)) {
    throw new PkiError('revocation-data-invalid', 'signature of the CRL does not verify');
  }
  requireFresh(crl, time, certificate);
  requireValidSigner(issuer, crl.thisUpdate, time);
  const revokedAt = crl.revoked.get(certificate.fields.serialNumber);
  if (revokedAt !== undefined && revokedAt <= time.at) {
    throw new PkiError('revoked', `"${certificate.subject.text}" since ${revokedAt.toISOString()}`);
  }
}
