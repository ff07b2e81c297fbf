/** Revocation status of the authorities, and their certificates: what CRL, OCSP and AIA addresses answer. */

import type { Clock } from '../../base/clock.ts';
import { OssError } from '../../contract/errors.ts';
import { wholeSeconds } from '../../contract/model/encoding.ts';
import {
  buildCrl,
  buildOcspError,
  buildOcspResponse,
  type Certificate,
  encodeCertId,
  equalBytes,
  namesIssuer,
  PkiError,
  parseOcspRequest,
  type SingleResponse,
} from '../../pki/index.ts';
import type { Authorities, IssuerName } from '../ca/authority.ts';
import type { Revocations } from '../ca/revocations.ts';

export interface StatusOptions {
  readonly authorities: Authorities;
  readonly revocations: Revocations;
  /** Certificates that were issued since this service started, e.g. of seals. */
  readonly issuedSince?: () => readonly Certificate[];
  readonly clock: Clock;
  /** Greater at every call, also over restarts (RFC 5280 §5.2.3). */
  readonly nextCrlNumber: (issuer: IssuerName) => Promise<bigint>;
}

/** DER revocation data for the authorities in a signature: issuing CA and TSA (LT-02). */
export interface RevocationData {
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
}

export interface StatusService {
  /** DER CRL, made again when the last one is older than ten minutes. */
  crl(issuer: IssuerName): Promise<Uint8Array>;
  /** DER OCSPRequest in, DER OCSPResponse out; every refusal is a response too. */
  ocsp(issuer: IssuerName, requestDer: Uint8Array): Promise<Uint8Array>;
  /** DER certificate for the caIssuers address. */
  certificate(issuer: IssuerName): Uint8Array;
  /**
   * What ships with a signature for long-term validation. The list of the issuing authority, made since the signature,
   * is there for validators that ask for one of every signer, short-term or not.
   */
  revocationData(): Promise<RevocationData>;
}

/** For how long answers speak, and how old a CRL gets before the next one, in milliseconds. */
const RESPONSE_LIFETIME = 24 * 60 * 60 * 1000;
const CRL_REFRESH = 10 * 60 * 1000;

const isCurrent = (madeAt: Date, now: Date): boolean => now.getTime() - madeAt.getTime() < CRL_REFRESH;

/** As good as one made now: times in a CRL are whole seconds (RFC 5280 §5.1.2.4). */
const isOfThisSecond = (madeAt: Date, now: Date): boolean =>
  wholeSeconds(madeAt).getTime() === wholeSeconds(now).getTime();

interface CachedCrl {
  readonly madeAt: Date;
  readonly der: Promise<Uint8Array>;
}

export function createStatusService(options: StatusOptions): StatusService {
  const cache = new Map<IssuerName, CachedCrl>();
  const crlFor = (
    issuer: IssuerName,
    isRecent: (madeAt: Date, now: Date) => boolean,
  ): Promise<Uint8Array> => {
    // Made elsewhere, and read again when a newer one comes.
    if (options.authorities[issuer].signer === undefined) return offlineCrl(options.authorities);
    const now = options.clock();
    const cached = cache.get(issuer);
    if (cached !== undefined && isRecent(cached.madeAt, now)) return cached.der;
    const der = makeCrl(issuer, now, options);
    cache.set(issuer, { madeAt: now, der });
    // A failure is told to anyone who waits for it, and not kept.
    der.catch(() => cache.delete(issuer));
    return der;
  };
  const crl = (issuer: IssuerName): Promise<Uint8Array> => crlFor(issuer, isCurrent);
  return {
    crl,
    ocsp: (issuer, requestDer) => respondToOcsp(issuer, requestDer, options),
    certificate: (issuer) => issuerCertificate(issuer, options.authorities).der,
    revocationData: async () => {
      const { issuing, tsa } = options.authorities;
      const ocsp = [issuing, tsa].map(({ certificate }) => stateOf(certificate, options));
      const [crls, ocspResponses] = await Promise.all([
        Promise.all([crl('root'), crlFor('issuing', isOfThisSecond)]),
        Promise.all(ocsp),
      ]);
      return { crls, ocspResponses };
    },
  };
}

const issuerCertificate = (issuer: IssuerName, authorities: Authorities): Certificate =>
  authorities[issuer].certificate;

async function makeCrl(issuer: IssuerName, now: Date, options: StatusOptions): Promise<Uint8Array> {
  const { authorities, revocations } = options;
  const { certificate, signer } = authorities[issuer];
  if (signer === undefined) return offlineCrl(authorities);
  return buildCrl(
    {
      issuer: certificate,
      number: await options.nextCrlNumber(issuer),
      thisUpdate: now,
      nextUpdate: new Date(now.getTime() + RESPONSE_LIFETIME),
      revoked: revocations[issuer],
    },
    signer,
  );
}

async function offlineCrl({ offlineRootCrl }: Authorities): Promise<Uint8Array> {
  if (offlineRootCrl === undefined) throw new OssError('OSS_NOT_FOUND', { reason: 'no CRL of the root' });
  return offlineRootCrl;
}

async function respondToOcsp(
  issuer: IssuerName,
  requestDer: Uint8Array,
  options: StatusOptions,
): Promise<Uint8Array> {
  const request = readRequest(requestDer);
  if (request === undefined) return buildOcspError('malformedRequest');
  const certificate = issuerCertificate(issuer, options.authorities);
  const responses: SingleResponse[] = [];
  for (const certId of request.certIds) {
    // Nothing is said of certificates that this authority did not issue, nor of single-use ones (OC-03, OC-06).
    if (!namesIssuer(certId, certificate)) return buildOcspError('unauthorized');
    const status = statusOf(issuer, certId.serialNumber, options);
    if (status === undefined) return buildOcspError('unauthorized');
    responses.push({ certId: certId.der, status });
  }
  return sign(issuer, responses, request.nonce, options);
}

function readRequest(requestDer: Uint8Array): ReturnType<typeof parseOcspRequest> | undefined {
  try {
    return parseOcspRequest(requestDer);
  } catch (error) {
    if (error instanceof PkiError) return undefined;
    throw error;
  }
}

/** Undefined if the authority never issued a certificate of this number. */
function statusOf(
  issuer: IssuerName,
  serialNumber: bigint,
  { authorities, revocations, issuedSince }: StatusOptions,
): SingleResponse['status'] | undefined {
  const revoked = revocations[issuer].find((entry) => entry.serialNumber === serialNumber);
  if (revoked !== undefined) return { revokedAt: revoked.revokedAt, reason: revoked.reason };
  const { subject } = issuerCertificate(issuer, authorities);
  const issued = [...authorities.issued, ...(issuedSince?.() ?? [])].some(
    (certificate) =>
      certificate.fields.serialNumber === serialNumber && equalBytes(certificate.issuer.der, subject.der),
  );
  return issued ? 'good' : undefined;
}

/** A response about one authority certificate, for shipping: without nonce, since nobody asked. */
function stateOf(certificate: Certificate, options: StatusOptions): Promise<Uint8Array> {
  const { root } = options.authorities;
  const issuer: IssuerName = equalBytes(certificate.issuer.der, root.certificate.subject.der)
    ? 'root'
    : 'issuing';
  const { serialNumber } = certificate.fields;
  const certId = encodeCertId(issuerCertificate(issuer, options.authorities), serialNumber);
  const status = statusOf(issuer, serialNumber, options) ?? 'unknown';
  return sign(issuer, [{ certId, status }], undefined, options);
}

function sign(
  issuer: IssuerName,
  responses: readonly SingleResponse[],
  nonce: Uint8Array | undefined,
  { authorities, clock }: StatusOptions,
): Promise<Uint8Array> {
  const { certificate, signer } = authorities.ocspResponders[issuer];
  const now = clock();
  const nextUpdate = new Date(now.getTime() + RESPONSE_LIFETIME);
  return buildOcspResponse(
    { responses, responder: certificate, producedAt: now, thisUpdate: now, nextUpdate, nonce },
    signer,
  );
}
