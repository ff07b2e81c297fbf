import { PkiError } from '../errors.ts';

/** Clocks of two machines may differ by this much, in milliseconds. */
const CLOCK_TOLERANCE = 60_000;

/** When the status of a certificate matters, and what is known about the age of the data that tells it. */
export interface StatusTime {
  /** The certificate must not have been revoked by then: the proven time of a signature, or now. */
  readonly at: Date;
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
}

/**
 * Throws PkiError `revocation-data-stale` unless the data speaks for `at` (RFC 6960 §4.2.2.1): it ends later, and it
 * was not made after it is known to have existed. Data made after `at` settles `at` all the more, unless the
 * certificate had expired by then and may have been dropped from it (RFC 5280 §3.3).
 */
export function requireFresh(data: DataTime, { at, knownAt = at }: StatusTime, certificate: Validity): void {
  const { thisUpdate, nextUpdate } = data;
  if (thisUpdate.getTime() > knownAt.getTime() + CLOCK_TOLERANCE) {
    throw stale(`revocation data of ${thisUpdate.toISOString()}, later than asked for`);
  }
  if (nextUpdate === undefined || nextUpdate < at) {
    throw stale('revocation data past its nextUpdate, or without one');
  }
  if (thisUpdate > certificate.notAfter) throw stale('revocation data made after the certificate expired');
}

/** Throws PkiError `revocation-data-stale` unless whoever signed the data was valid when it was made, and until it is known to exist. */
export function requireValidSigner(signer: Validity, madeAt: Date, { at, knownAt = at }: StatusTime): void {
  const tolerated = new Date(madeAt.getTime() + CLOCK_TOLERANCE);
  if (tolerated < signer.notBefore || knownAt > signer.notAfter) {
    throw stale('the certificate that signed the revocation data is outside its validity');
  }
}

const stale = (what: string): PkiError => new PkiError('revocation-data-stale', what);
