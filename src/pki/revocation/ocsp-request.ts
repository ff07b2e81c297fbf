/** OCSP requests (RFC 6960 §4.1). */
import type { Certificate } from '../certificate/certificate.ts';
import { keyIdentifier } from '../certificate/certificate.ts';
import { type Extension, encodeExtension, readExtensions } from '../certificate/extensions.ts';
import { equalBytes } from '../der/bytes.ts';
import { DerReader, readOnly, readSequence } from '../der/reader.ts';
import { contextConstructed, TAG } from '../der/tags.ts';
import { integer, NULL, octetString, oid, sequence, tagged } from '../der/writer.ts';
import { malformed } from '../errors.ts';
import { OID } from '../oids.ts';
import { digest } from '../signature-scheme.ts';

/** RFC 9654 §2.1: a nonce has 1 to 128 octets. */
const MAX_NONCE_BYTES = 128;

/** Hash algorithms by which clients name the issuer; an identifier, so SHA-1 (RFC 5019 §2.1.1) is no weakness. */
const CERT_ID_DIGESTS = { [OID.sha1]: 'sha1', [OID.sha256]: 'sha256' } as const;

export interface CertId {
  readonly der: Uint8Array;
  readonly hashOid: string;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serialNumber: bigint;
}

export interface OcspRequest {
  readonly certIds: readonly CertId[];
  readonly nonce: Uint8Array | undefined;
}

/** CertID with SHA-1, which every responder understands. */
export const encodeCertId = (issuer: Certificate, serialNumber: bigint): Uint8Array =>
  sequence(
    sequence(oid(OID.sha1), NULL),
    octetString(digest('sha1', issuer.subject.der)),
    octetString(keyIdentifier(issuer.publicKeySpki)),
    integer(serialNumber),
  );

export function readCertId(reader: DerReader): CertId {
  const element = reader.element(TAG.sequence);
  const fields = new DerReader(element.content);
  const hashOid = fields.sequence().oid();
  const issuerNameHash = fields.octetString();
  const issuerKeyHash = fields.octetString();
  const serialNumber = fields.integer();
  fields.end();
  return { der: element.bytes, hashOid, issuerNameHash, issuerKeyHash, serialNumber };
}

/**
 * True if the CertID names this authority as issuer; an unknown hash algorithm names nobody. `issuerName`: the DER of its
 * name in the certificate, which may be encoded otherwise than in its own.
 */
export function namesIssuer(certId: CertId, issuer: Certificate, issuerName = issuer.subject.der): boolean {
  const name = Object.entries(CERT_ID_DIGESTS).find(([hashOid]) => hashOid === certId.hashOid)?.[1];
  if (name === undefined) return false;
  const key = readSequence(issuer.publicKeySpki);
  key.sequence();
  return (
    [issuerName, issuer.subject.der].some((der) => equalBytes(certId.issuerNameHash, digest(name, der))) &&
    equalBytes(certId.issuerKeyHash, digest(name, key.bitString()))
  );
}

export const encodeNonce = (nonce: Uint8Array): Uint8Array =>
  encodeExtension({ oid: OID.ocspNonce, critical: false, value: octetString(nonce) });

/** DER OCSPRequest for one certificate; send a nonce of 32 random bytes (RFC 9654 §2.1). */
export function buildOcspRequest(
  certificate: Certificate,
  issuer: Certificate,
  nonce?: Uint8Array,
): Uint8Array {
  const requests = sequence(sequence(encodeCertId(issuer, certificate.fields.serialNumber)));
  return sequence(
    sequence(requests, ...(nonce === undefined ? [] : [tagged(2, sequence(encodeNonce(nonce)))])),
  );
}

/** Signatures of requests are ignored. @throws PkiError `malformed`, also for an empty or oversized nonce (OC-01). */
export function parseOcspRequest(der: Uint8Array): OcspRequest {
  const outer = readSequence(der);
  const fields = outer.sequence();
  outer.optional(contextConstructed(0));
  outer.end();
  const version = fields.optionalInside(contextConstructed(0))?.smallInteger() ?? 0;
  if (version !== 0) throw malformed('OCSP request of unknown version');
  fields.optional(contextConstructed(1));
  const certIds = fields.sequence().map((reader) => readCertId(reader.sequence()));
  const extensions = fields.optionalInside(contextConstructed(2));
  fields.end();
  if (certIds.length === 0) throw malformed('OCSP request for nothing');
  return { certIds, nonce: extensions && nonceOf(readExtensions(extensions)) };
}

/** The nonce among request or response extensions. */
export function nonceOf(extensions: ReadonlyMap<string, Extension>): Uint8Array | undefined {
  const extension = extensions.get(OID.ocspNonce);
  if (extension === undefined) return undefined;
  const nonce = readOnly(extension.value, TAG.octetString).content;
  if (nonce.length === 0 || nonce.length > MAX_NONCE_BYTES) throw malformed('OCSP nonce length');
  return nonce;
}
