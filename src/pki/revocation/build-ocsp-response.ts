/** OCSP responses as our responder writes them (RFC 6960 §4.2); ocsp-response.ts reads them. */
import { type Certificate, keyIdentifier } from '../certificate/certificate.ts';
import { contextConstructed } from '../der/tags.ts';
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
import { OID } from '../oids.ts';
import { type Signer, schemeIdentifier } from '../signature-scheme.ts';
import { REVOCATION_REASON, type RevokedEntry } from './build-crl.ts';
import { encodeNonce } from './ocsp-request.ts';

/** Outcomes without a signed response (RFC 6960 §4.2.1). */
export const OCSP_ERROR = Object.freeze({
  malformedRequest: 1,
  internalError: 2,
  tryLater: 3,
  sigRequired: 5,
  unauthorized: 6,
});
export type OcspErrorName = keyof typeof OCSP_ERROR;

export interface SingleResponse {
  /** DER CertID, as the client wrote it. */
  readonly certId: Uint8Array;
  readonly status: 'good' | 'unknown' | Omit<RevokedEntry, 'serialNumber'>;
}

export interface OcspPlan {
  readonly responses: readonly SingleResponse[];
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
  const responses = plan.responses.map((single) => encodeSingleResponse(single, plan));
  const tbs = sequence(
    tagged(2, octetString(keyIdentifier(plan.responder.publicKeySpki))),
    generalizedTime(plan.producedAt),
    sequence(...responses),
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

function encodeSingleResponse({ certId, status }: SingleResponse, plan: OcspPlan): Uint8Array {
  return sequence(
    certId,
    encodeStatus(status),
    generalizedTime(plan.thisUpdate),
    tagged(0, generalizedTime(plan.nextUpdate)),
  );
}

function encodeStatus(status: SingleResponse['status']): Uint8Array {
  if (status === 'good') return taggedPrimitive(0, new Uint8Array());
  if (status === 'unknown') return taggedPrimitive(2, new Uint8Array());
  const reason = tagged(0, enumerated(REVOCATION_REASON[status.reason]));
  return retag(contextConstructed(1), sequence(generalizedTime(status.revokedAt), reason));
}
