/** Acceptance of an OCSP response (RFC 6960 §3.2). */
import { type Certificate, parseCertificate } from '../certificate/certificate.ts';
import type { ReadCertificate } from '../cms/signed-data.ts';
import { equalBytes } from '../der/bytes.ts';
import { PkiError } from '../errors.ts';
import { requirePurpose } from '../path/purpose.ts';
import { isIssuedBy } from '../path/issuer.ts';
import { verifySignature } from '../signature-scheme.ts';
import { requireFresh, requireValidSigner, type StatusTime } from './freshness.ts';
import { namesIssuer } from './ocsp-request.ts';
import { type BasicOcspResponse, isResponder, parseOcspResponse } from './ocsp-response.ts';

export interface OcspVerdict {
  /** Who signed the response: the issuer itself or its delegate. */
  readonly responder: Certificate;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
}

/**
 * Checks that the DER response says `good` for `certificate` at the time that matters.
 * Throws PkiError `revoked`, `revocation-data-stale`, `revocation-data-invalid` (other certificate, wrong responder,
 * nonce, signature, status unknown), `malformed`, `unsupported-algorithm`.
 */
export function checkOcspResponse(
  der: Uint8Array,
  expected: StatusTime & {
    readonly certificate: Certificate;
    readonly issuer: Certificate;
    /** The nonce sent, if one was sent. */
    readonly nonce?: Uint8Array;
  },
  readCertificate: ReadCertificate = parseCertificate,
): OcspVerdict {
  const response = parseOcspResponse(der, readCertificate);
  const { certificate, issuer, at, nonce } = expected;
  const single = response.responses.find(
    ({ certId }) => certId.serialNumber === certificate.fields.serialNumber && namesIssuer(certId, issuer),
  );
  if (single === undefined) throw invalid('OCSP response for another certificate');
  if (nonce !== undefined && (response.nonce === undefined || !equalBytes(nonce, response.nonce))) {
    throw invalid('OCSP nonce differs');
  }
  const responder = requireResponder(response, issuer, expected);
  requireFresh(single, expected, certificate);
  if (single.status === 'unknown') throw invalid('certificate unknown to the responder');
  if (single.status !== 'good' && single.status.revokedAt <= at) {
    throw new PkiError(
      'revoked',
      `"${certificate.subject.text}" since ${single.status.revokedAt.toISOString()}`,
    );
  }
  return { responder, thisUpdate: single.thisUpdate, nextUpdate: single.nextUpdate };
}

/** The issuer itself, or a responder that it certified for OCSP (RFC 6960 §4.2.2.2). */
function requireResponder(response: BasicOcspResponse, issuer: Certificate, time: StatusTime): Certificate {
  const responder = [...response.certificates, issuer].find((candidate) => isResponder(response, candidate));
  if (responder === undefined) throw invalid('OCSP responder certificate not available');
  if (!equalBytes(responder.der, issuer.der)) {
    if (!isIssuedBy(responder, issuer)) throw invalid('OCSP responder of another authority');
    requirePurpose(responder, 'ocsp');
  }
  requireValidSigner(responder, response.producedAt, time);
  const { signatureAlgorithm, tbs, signature } = response;
  if (!verifySignature(signatureAlgorithm, responder.publicKey, tbs, signature)) {
    throw invalid('signature of the OCSP response does not verify');
  }
  return responder;
}

const invalid = (what: string): PkiError => new PkiError('revocation-data-invalid', what);
