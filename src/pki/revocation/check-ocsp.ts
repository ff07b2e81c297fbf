/** What an OCSP response says of a certificate (RFC 6960 §3.2). */
import { type Certificate, parseCertificate } from '../certificate/certificate.ts';
import type { ReadCertificate } from '../cms/signed-data.ts';
import { equalBytes } from '../der/bytes.ts';
import { PkiError } from '../errors.ts';
import { isIssuedBy } from '../path/issuer.ts';
import { requirePurpose } from '../path/purpose.ts';
import { requireStrongAlgorithm, requireStrongKey } from '../path/rules.ts';
import { WorkBudget } from '../path/work-budget.ts';
import { refusalOf } from './check-crl.ts';
import { requireFresh, requireValidSigner, type StatusTime } from './freshness.ts';
import { namesIssuer } from './ocsp-request.ts';
import { isResponder, OcspResponse, type SingleResponse } from './ocsp-response.ts';
import { type Statement, settle } from './statement.ts';

export interface OcspVerdict {
  /** Who signed the response: the issuer itself or its delegate. */
  readonly responder: Certificate;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
}

/** Certificates of one response that have the name of its responder; one is expected. */
const MAX_RESPONDERS = 8;
/** Answers of one response about one certificate; one is expected. */
const MAX_RESPONSES = 16;

/**
 * Checks that the DER response says `good` for `certificate` at the time that matters.
 * @throws PkiError `revoked`, `revocation-uncertain`, `revocation-data-stale`, `revocation-data-invalid` (other
 * certificate, wrong responder, nonce, signature, status unknown), `weak-cryptography`, `malformed`,
 * `unsupported-algorithm`.
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
  const response = new OcspResponse(der, readCertificate);
  const { certificate, issuer, nonce } = expected;
  const responses = responsesAbout(response, certificate, issuer);
  if (responses.length === 0) throw invalid('OCSP response for another certificate');
  if (nonce !== undefined && (response.nonce === undefined || !equalBytes(nonce, response.nonce))) {
    throw invalid('OCSP nonce differs');
  }
  const statements = readOcspStatements(response, certificate, issuer, expected);
  const [good] = settle(certificate, statements, expected);
  if (good) return { responder: good.signer, thisUpdate: good.thisUpdate, nextUpdate: good.nextUpdate };
  throw statements[0]?.refusal ?? invalid('OCSP response for another certificate');
}

/**
 * None where the response is about other certificates.
 * @throws PkiError `revocation-data-invalid`, `path-invalid`, `weak-cryptography`, `unsupported-algorithm` or
 * `over-the-bound` for one that nobody signed who may say it.
 */
export function readOcspStatements(
  response: OcspResponse,
  certificate: Certificate,
  issuer: Certificate,
  time: StatusTime,
  work: WorkBudget = new WorkBudget(),
): Statement[] {
  const responses = responsesAbout(response, certificate, issuer);
  if (responses.length === 0) return [];
  const responder = requireResponder(response, issuer, work);
  return responses.map((single) => ({
    kind: 'ocsp',
    der: response.der,
    thisUpdate: single.thisUpdate,
    nextUpdate: single.nextUpdate,
    signer: responder,
    revocations: typeof single.status === 'object' ? [single.status] : [],
    refusal: refusalOf(() => {
      if (single.status === 'unknown') throw invalid('certificate unknown to the responder');
      if (response.hasUnknownCriticalExtension || single.hasUnknownCriticalExtension)
        throw invalid('critical extension in an OCSP response');
      requireFresh(single, time, certificate);
      requireValidSigner(responder, response.producedAt, time);
    }),
  }));
}

const responsesAbout = (
  response: OcspResponse,
  certificate: Certificate,
  issuer: Certificate,
): SingleResponse[] =>
  response
    .responsesFor(certificate.fields.serialNumber)
    .filter(({ certId }) => namesIssuer(certId, issuer, certificate.issuer.der))
    .slice(0, MAX_RESPONSES);

/** The issuer itself, or a responder that it certified for OCSP (RFC 6960 §4.2.2.2). */
function requireResponder(response: OcspResponse, issuer: Certificate, work: WorkBudget): Certificate {
  const candidates = [issuer, ...response.certificates].filter((one) => isResponder(response, one));
  let refusal = invalid('OCSP responder certificate not available');
  for (const candidate of candidates.slice(0, MAX_RESPONDERS)) {
    const flaw = refusalOf(() => requireFitResponder(response, candidate, issuer, work));
    if (!flaw) return candidate;
    if (flaw.reason === 'over-the-bound') throw flaw;
    refusal = flaw;
  }
  throw refusal;
}

function requireFitResponder(
  response: OcspResponse,
  responder: Certificate,
  issuer: Certificate,
  work: WorkBudget,
): void {
  if (!equalBytes(responder.der, issuer.der)) {
    requireStrongAlgorithm(responder);
    if (!responder.knowsIssuer(issuer)) work.spend(issuer.keyStrength.cost, 'OCSP responders');
    if (!isIssuedBy(responder, issuer)) throw invalid('OCSP responder of another authority');
    requirePurpose(responder, 'ocsp');
  }
  requireStrongKey(responder);
  if (!response.knowsSigner(responder)) work.spend(responder.keyStrength.cost, 'OCSP responses');
  if (!isSigned(response, responder)) throw invalid('signature of the OCSP response does not verify');
}

function isSigned(response: OcspResponse, responder: Certificate): boolean {
  try {
    return response.isSignedBy(responder);
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    const what = `the OCSP response of "${responder.subject.text}": ${error.message}`;
    throw new PkiError(error.reason, what, { cause: error });
  }
}

const invalid = (what: string): PkiError => new PkiError('revocation-data-invalid', what);
