import type { Certificate } from '../certificate/certificate.ts';
import { isClearlyAfter } from '../clock-tolerance.ts';
import { PkiError } from '../errors.ts';
import type { TimeOfUse } from './statement.ts';

const DAY = 24 * 60 * 60 * 1000;
/**
 * Data from before the time that matters settles it only up to this age, and never beyond its own nextUpdate: lists about
 * authorities come once a year, others at least daily (EN 319 411-1 CSS-6.3.9).
 */
const GRACE = Object.freeze({ authority: 400 * DAY, endEntity: 31 * DAY });

/** When the status of a certificate matters, and what is known about the age of the data that tells it. */
export interface StatusTime extends TimeOfUse {
  /** The data provably existed by then (a document time stamp covers it); without one: now. Default: `at`. */
  readonly knownAt?: Date;
}

interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** What revocation data says about its own time. */
export interface DataTime {
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  /** Certificates that expired since then are still spoken of (RFC 6960 §4.4.4, X.509 expiredCertsOnCRL). */
  readonly retainedSince?: Date | undefined;
}

/**
 * A certificate that had expired when the data was made may have been dropped from it (RFC 5280 §3.3).
 * @throws PkiError `revocation-data-stale` unless the data speaks for `at` (RFC 6960 §4.2.2.1): it was not made after
 * it is known to have existed, and either it was made after `at`, which settles `at` for good, or it is not too old
 * for it.
 */
export function requireFresh(
  data: DataTime,
  { at, knownAt = at }: StatusTime,
  certificate: Certificate,
): void {
  const { thisUpdate, nextUpdate, retainedSince } = data;
  if (isClearlyAfter(thisUpdate, knownAt)) {
    throw stale(`revocation data of ${thisUpdate.toISOString()}, later than asked for`);
  }
  if (thisUpdate < at) {
    if (nextUpdate === undefined || isClearlyAfter(at, nextUpdate)) {
      throw stale('revocation data past its nextUpdate, or without one');
    }
    const grace = certificate.basicConstraints.ca ? GRACE.authority : GRACE.endEntity;
    if (thisUpdate.getTime() + grace < at.getTime())
      throw stale(`revocation data of ${thisUpdate.toISOString()}, too long before the time that matters`);
  }
  const isRetained = retainedSince !== undefined && retainedSince <= certificate.notAfter;
  if (thisUpdate > certificate.notAfter && !isRetained)
    throw stale('revocation data made after the certificate expired');
}

/**
 * @throws PkiError `revocation-data-stale` unless anyone who signed the data was valid when it was made, and until it
 * is known to exist.
 */
export function requireValidSigner(signer: Validity, madeAt: Date, { at, knownAt = at }: StatusTime): void {
  if (isClearlyAfter(signer.notBefore, madeAt) || isClearlyAfter(knownAt, signer.notAfter)) {
    throw stale('the certificate that signed the revocation data is outside its validity');
  }
}

const stale = (what: string): PkiError => new PkiError('revocation-data-stale', what);
