/** Reads OCSP responses (RFC 6960 §4.2); check-ocsp.ts says what they settle. */
import { type Certificate, keyIdentifier, parseCertificate } from '../certificate/certificate.ts';
import { type Extension, readExtensions } from '../certificate/extensions.ts';
import { isSameName } from '../certificate/name-comparison.ts';
import type { ReadCertificate } from '../cms/signed-data.ts';
import { equalBytes, toHex } from '../der/bytes.ts';
import { DerReader, readSequence } from '../der/reader.ts';
import { contextConstructed, contextPrimitive, TAG } from '../der/tags.ts';
import { malformed, PkiError } from '../errors.ts';
import { OID } from '../oids.ts';
import { readSignatureIdentifier, verifySignature } from '../signature-scheme.ts';
import { type CertId, nonceOf, readCertId } from './ocsp-request.ts';
import type { Revocation } from './statement.ts';

const SUCCESSFUL = 0;
/** Certificates beside a response: that of the responder, and some of its authorities. */
const MAX_CERTIFICATES = 64;

const KNOWN_RESPONSE_EXTENSIONS: ReadonlySet<string> = new Set([OID.ocspNonce]);
const KNOWN_SINGLE_EXTENSIONS: ReadonlySet<string> = new Set([
  OID.archiveCutoff,
  OID.reasonCode,
  OID.invalidityDate,
]);

export interface SingleResponse {
  readonly certId: CertId;
  readonly status: 'good' | 'unknown' | Revocation;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  /** Certificates that expired since then are still spoken of (RFC 6960 §4.4.4). */
  readonly retainedSince: Date | undefined;
  readonly hasUnknownCriticalExtension: boolean;
}

export class OcspResponse {
  readonly der: Uint8Array;
  /** DER Name or key hash of the responder. */
  readonly responderId: { readonly name: Uint8Array } | { readonly keyHash: Uint8Array };
  readonly producedAt: Date;
  readonly nonce: Uint8Array | undefined;
  readonly hasUnknownCriticalExtension: boolean;
  readonly responses: readonly SingleResponse[];
  readonly certificates: readonly Certificate[];
  readonly #tbs: Uint8Array;
  readonly #identifier: Uint8Array;
  readonly #signature: Uint8Array;
  /** By responder key. */
  readonly #signedBy = new Map<string, boolean>();

  /** @throws PkiError `malformed`, or `revocation-data-invalid` for an error status. */
  constructor(der: Uint8Array, readCertificate: ReadCertificate = parseCertificate) {
    this.der = der;
    const outer = readSequence(der);
    const [status] = outer.element(TAG.enumerated).content;
    if (status !== SUCCESSFUL) throw new PkiError('revocation-data-invalid', `OCSP status ${status}`);
    const responseBytes = outer.inside(contextConstructed(0)).sequence();
    outer.end();
    if (responseBytes.oid() !== OID.ocspBasic) throw malformed('OCSP response is not basic');
    const fields = readSequence(responseBytes.octetString());
    this.#tbs = fields.element(TAG.sequence).bytes;
    this.#identifier = fields.element(TAG.sequence).bytes;
    this.#signature = fields.bitString();
    const certificates = fields.optionalInside(contextConstructed(0))?.sequence();
    fields.end();
    const ders = certificates?.map((reader) => reader.element().bytes) ?? [];
    this.certificates = ders
      .slice(0, MAX_CERTIFICATES)
      .flatMap((one) => readUnlessUnreadable(one, readCertificate));
    const data = readResponseData(readSequence(this.#tbs));
    this.responderId = data.responderId;
    this.producedAt = data.producedAt;
    this.responses = data.responses;
    this.nonce = nonceOf(data.extensions);
    this.hasUnknownCriticalExtension = hasUnknownCritical(data.extensions, KNOWN_RESPONSE_EXTENSIONS);
  }

  responsesFor(serialNumber: bigint): SingleResponse[] {
    return this.responses.filter(({ certId }) => certId.serialNumber === serialNumber);
  }

  /** Whether the response of isSignedBy costs nothing. */
  knowsSigner(responder: Certificate): boolean {
    return this.#signedBy.has(toHex(responder.publicKeySpki));
  }

  /** @throws PkiError `weak-cryptography` or `unsupported-algorithm`. */
  isSignedBy(responder: Certificate): boolean {
    const key = toHex(responder.publicKeySpki);
    const known = this.#signedBy.get(key);
    if (known !== undefined) return known;
    const algorithm = readSignatureIdentifier(new DerReader(this.#identifier));
    const valid = verifySignature(algorithm, responder.publicKey, this.#tbs, this.#signature);
    this.#signedBy.set(key, valid);
    return valid;
  }
}

/** What stands beside the responder's certificate must not keep the response from being read. */
function readUnlessUnreadable(der: Uint8Array, readCertificate: ReadCertificate): Certificate[] {
  try {
    return [readCertificate(der)];
  } catch (error) {
    if (error instanceof PkiError) return [];
    throw error;
  }
}

/** @throws PkiError `malformed`, or `revocation-data-invalid` for an error status. */
export const parseOcspResponse = (der: Uint8Array): OcspResponse => new OcspResponse(der);

function readResponseData(fields: DerReader) {
  const version = fields.optionalInside(contextConstructed(0))?.smallInteger() ?? 0;
  if (version !== 0) throw malformed('OCSP response of unknown version');
  const responderId = readResponderId(fields);
  const producedAt = fields.time();
  const responses = fields.sequence().map(readSingleResponse);
  const extensions = fields.optionalInside(contextConstructed(1));
  fields.end();
  return { responderId, producedAt, responses, extensions: readOptional(extensions) };
}

function readResponderId(fields: DerReader): OcspResponse['responderId'] {
  const name = fields.optionalInside(contextConstructed(1));
  if (name !== undefined) return { name: name.element(TAG.sequence).bytes };
  return { keyHash: fields.inside(contextConstructed(2)).octetString() };
}

function readSingleResponse(reader: DerReader): SingleResponse {
  const fields = reader.sequence();
  const certId = readCertId(fields);
  const status = fields.element();
  const thisUpdate = fields.time();
  const nextUpdate = fields.optionalInside(contextConstructed(0))?.time();
  const extensions = readOptional(fields.optionalInside(contextConstructed(1)));
  fields.end();
  const cutoff = extensions.get(OID.archiveCutoff);
  return {
    certId,
    status: readStatus(status, extensions),
    thisUpdate,
    nextUpdate,
    retainedSince: cutoff && new DerReader(cutoff.value).time(),
    hasUnknownCriticalExtension: hasUnknownCritical(extensions, KNOWN_SINGLE_EXTENSIONS),
  };
}

/** CRL entry extensions may stand beside a response (RFC 6960 §4.4.5). */
function readStatus(
  { tag, content }: { readonly tag: number; readonly content: Uint8Array },
  extensions: ReadonlyMap<string, Extension>,
): SingleResponse['status'] {
  if (tag === contextPrimitive(0)) return 'good';
  if (tag === contextPrimitive(2)) return 'unknown';
  if (tag !== contextConstructed(1)) throw malformed('OCSP certificate status');
  const fields = new DerReader(content);
  const revokedAt = fields.time();
  const invalidity = extensions.get(OID.invalidityDate);
  return {
    revokedAt,
    reason: fields.optionalInside(contextConstructed(0))?.element(TAG.enumerated).content[0],
    invalidityDate: invalidity && new DerReader(invalidity.value).time(),
  };
}

const readOptional = (extensions: DerReader | undefined): ReadonlyMap<string, Extension> =>
  extensions ? readExtensions(extensions) : new Map();

const hasUnknownCritical = (
  extensions: ReadonlyMap<string, Extension>,
  known: ReadonlySet<string>,
): boolean => [...extensions.values()].some(({ critical, oid }) => critical && !known.has(oid));

/** True if the certificate is the one that the response names as its responder. */
export function isResponder({ responderId }: OcspResponse, certificate: Certificate): boolean {
  return 'name' in responderId
    ? isSameName(responderId.name, certificate.subject.der)
    : equalBytes(responderId.keyHash, keyIdentifier(certificate.publicKeySpki));
}
