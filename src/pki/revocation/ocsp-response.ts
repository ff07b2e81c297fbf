/** OCSP responses (RFC 6960 §4.2): written by our responder, read and checked by the station. */
import { type Certificate, keyIdentifier, parseCertificate } from '../certificate/certificate.ts';
import type { ReadCertificate } from '../cms/signed-data.ts';
import { equalBytes } from '../der/bytes.ts';
import { DerReader, readSequence } from '../der/reader.ts';
import { contextConstructed, contextPrimitive, TAG } from '../der/tags.ts';
import {
  bitString,
  enumerated,
  generalizedTime,
  octetString,
  oid,
  retag,
  sequence,
  tagged,
  taggedPrimitive,
} from '../der/writer.ts';
import { malformed, PkiError } from '../errors.ts';
import { OID } from '../oids.ts';
import {
  readSignatureIdentifier,
  type SignatureAlgorithm,
  type Signer,
  schemeIdentifier,
} from '../signature-scheme.ts';
import { REVOCATION_REASON, type RevokedEntry } from './crl.ts';
import { type CertId, encodeNonce, readCertId, readNonce } from './ocsp-request.ts';

/** Outcomes without a signed answer (RFC 6960 §4.2.1). */
export const OCSP_ERROR = Object.freeze({
  malformedRequest: 1,
  internalError: 2,
  tryLater: 3,
  sigRequired: 5,
  unauthorized: 6,
});
export type OcspErrorName = keyof typeof OCSP_ERROR;

export interface OcspAnswer {
  /** DER CertID, as the client wrote it. */
  readonly certId: Uint8Array;
  readonly status: 'good' | 'unknown' | Omit<RevokedEntry, 'serialNumber'>;
}

export interface OcspPlan {
  readonly answers: readonly OcspAnswer[];
  readonly responder: Certificate;
  readonly producedAt: Date;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** Echoed exactly (RFC 9654 §2.1). */
  readonly nonce: Uint8Array | undefined;
}

const SUCCESSFUL = 0;

/** DER OCSPResponse with an error status; unsigned by definition. */
export const buildOcspError = (name: OcspErrorName): Uint8Array => sequence(enumerated(OCSP_ERROR[name]));

/** Makes and signs a DER OCSPResponse; times have whole seconds (RFC 6960 §4.2.2.1). */
export async function buildOcspResponse(plan: OcspPlan, signer: Signer): Promise<Uint8Array> {
  const answers = plan.answers.map((answer) => encodeAnswer(answer, plan));
  const tbs = sequence(
    tagged(2, octetString(keyIdentifier(plan.responder.publicKeySpki))),
    generalizedTime(plan.producedAt),
    sequence(...answers),
    ...(plan.nonce === undefined ? [] : [tagged(1, sequence(encodeNonce(plan.nonce)))]),
  );
  const signature = bitString(await signer.sign(tbs));
  const basic = sequence(
    tbs,
    schemeIdentifier(signer.scheme),
    signature,
    tagged(0, sequence(plan.responder.der)),
  );
  return sequence(enumerated(SUCCESSFUL), tagged(0, sequence(oid(OID.ocspBasic), octetString(basic))));
}

function encodeAnswer({ certId, status }: OcspAnswer, plan: OcspPlan): Uint8Array {
  return sequence(
    certId,
    encodeStatus(status),
    generalizedTime(plan.thisUpdate),
    tagged(0, generalizedTime(plan.nextUpdate)),
  );
}

function encodeStatus(status: OcspAnswer['status']): Uint8Array {
  if (status === 'good') return taggedPrimitive(0, new Uint8Array());
  if (status === 'unknown') return taggedPrimitive(2, new Uint8Array());
  const reason = tagged(0, enumerated(REVOCATION_REASON[status.reason]));
  return retag(contextConstructed(1), sequence(generalizedTime(status.revokedAt), reason));
}

export interface SingleResponse {
  readonly certId: CertId;
  readonly status: 'good' | 'unknown' | { readonly revokedAt: Date };
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
}

export interface BasicOcspResponse {
  readonly tbs: Uint8Array;
  /** DER Name or key hash of the responder. */
  readonly responderId: { readonly name: Uint8Array } | { readonly keyHash: Uint8Array };
  readonly producedAt: Date;
  readonly responses: readonly SingleResponse[];
  readonly nonce: Uint8Array | undefined;
  readonly signatureAlgorithm: SignatureAlgorithm;
  readonly signature: Uint8Array;
  readonly certificates: readonly Certificate[];
}

/** Throws PkiError `malformed`, `unsupported-algorithm`, or `revocation-data-invalid` for an error status. */
export function parseOcspResponse(
  der: Uint8Array,
  readCertificate: ReadCertificate = parseCertificate,
): BasicOcspResponse {
  const outer = readSequence(der);
  const [status] = outer.element(TAG.enumerated).content;
  if (status !== SUCCESSFUL) throw new PkiError('revocation-data-invalid', `OCSP status ${status}`);
  const responseBytes = outer.inside(contextConstructed(0)).sequence();
  outer.end();
  if (responseBytes.oid() !== OID.ocspBasic) throw malformed('OCSP response is not basic');
  const fields = readSequence(responseBytes.octetString());
  const tbs = fields.element(TAG.sequence).bytes;
  const signatureAlgorithm = readSignatureIdentifier(fields);
  const signature = fields.bitString();
  const certificates = fields.optionalInside(contextConstructed(0))?.sequence();
  fields.end();
  return {
    tbs,
    ...readResponseData(readSequence(tbs)),
    signatureAlgorithm,
    signature,
    certificates: certificates?.map((reader) => readCertificate(reader.element().bytes)) ?? [],
  };
}

function readResponseData(fields: DerReader) {
  const version = fields.optionalInside(contextConstructed(0))?.smallInteger() ?? 0;
  if (version !== 0) throw malformed('OCSP response of unknown version');
  const responderId = readResponderId(fields);
  const producedAt = fields.time();
  const responses = fields.sequence().map(readSingleResponse);
  const extensions = fields.optionalInside(contextConstructed(1));
  fields.end();
  return {
    responderId,
    producedAt,
    responses,
    nonce: extensions === undefined ? undefined : readNonce(extensions),
  };
}

function readResponderId(fields: DerReader): BasicOcspResponse['responderId'] {
  const name = fields.optionalInside(contextConstructed(1));
  if (name !== undefined) return { name: name.element(TAG.sequence).bytes };
  return { keyHash: fields.inside(contextConstructed(2)).octetString() };
}

function readSingleResponse(reader: DerReader): SingleResponse {
  const fields = reader.sequence();
  const certId = readCertId(fields);
  const status = readStatus(fields);
  const thisUpdate = fields.time();
  const nextUpdate = fields.optionalInside(contextConstructed(0))?.time();
  fields.optional(contextConstructed(1));
  fields.end();
  return { certId, status, thisUpdate, nextUpdate };
}

function readStatus(fields: DerReader): SingleResponse['status'] {
  const { tag, content } = fields.element();
  if (tag === contextPrimitive(0)) return 'good';
  if (tag === contextPrimitive(2)) return 'unknown';
  if (tag === contextConstructed(1)) return { revokedAt: new DerReader(content).time() };
  throw malformed('OCSP certificate status');
}

/** True if the certificate is the one that the response names as its responder. */
export function isResponder(response: BasicOcspResponse, certificate: Certificate): boolean {
  const { responderId } = response;
  return 'name' in responderId
    ? equalBytes(responderId.name, certificate.subject.der)
    : equalBytes(responderId.keyHash, keyIdentifier(certificate.publicKeySpki));
}
