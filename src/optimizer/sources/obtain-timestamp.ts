/** One time stamp from the first authority that gives a good one (RFC 3161). */
import { randomBytes } from 'node:crypto';
import { OssError } from '../../contract/errors.ts';
import type { SourceAttempt } from '../../contract/model/transaction.ts';
import {
  buildTimestampRequest,
  type Certificate,
  type CertificateCache,
  PkiError,
  parseTimestampResponse,
  verifyTimestampToken,
} from '../../pki/index.ts';
import type { TimestampAuthority } from './port.ts';

export interface TimestampOrder {
  /** SHA-256 of what is stamped. */
  readonly digest: Uint8Array;
  /** Asked in this order; one that fails makes room for the next. */
  readonly authorities: readonly TimestampAuthority[];
  readonly anchors: readonly Certificate[];
  /** Certificates beside those in the token. */
  readonly pool: readonly Certificate[];
  readonly certificates: CertificateCache;
  readonly now: () => Date;
  /** The latest time that is proven already: a time stamp over it cannot be earlier. */
  readonly notBefore: Date;
  /** The token may not be larger. */
  readonly maxBytes: number;
  /** Told of every attempt, before the next one. */
  readonly onAttempt: (attempt: SourceAttempt) => Promise<void>;
}

const NONCE_BYTES = 16;
/** How far the clocks of this machine and of an authority may be apart, in milliseconds. */
const CLOCK_TOLERANCE = 5 * 60_000;

/**
 * Every token is verified before it is used: status, imprint, nonce, signature, ESS reference, path to the anchors,
 * purpose and time (TS-14).
 * @throws OssError OSS_TIMESTAMP_FAILED when no authority is left
 */
export async function obtainTimestamp(order: TimestampOrder): Promise<Uint8Array> {
  const failures: string[] = [];
  for (const authority of order.authorities) {
    try {
      const token = await askFor(authority, order);
      await order.onAttempt({ purpose: 'timestamp', url: authority.url, outcome: 'used' });
      return token;
    } catch (error) {
      const reason = reasonOf(error);
      failures.push(`${authority.url}: ${reason}`);
      await order.onAttempt({ purpose: 'timestamp', url: authority.url, outcome: 'failed', reason });
    }
  }
  throw new OssError('OSS_TIMESTAMP_FAILED', {
    reason: failures.join('; ') || 'no time-stamp authority is configured',
  });
}

/** What a source did wrong; anything else is not its fault and is thrown on. */
export function reasonOf(error: unknown): string {
  if (error instanceof PkiError) return error.message;
  if (error instanceof OssError && error.code === 'OSS_SOURCE_FAILED')
    return String(error.details.reason ?? error.message);
  throw error;
}

async function askFor(authority: TimestampAuthority, order: TimestampOrder): Promise<Uint8Array> {
  const nonce = randomBytes(NONCE_BYTES);
  const earliest = order.now().getTime() - CLOCK_TOLERANCE;
  const response = await authority.query(
    buildTimestampRequest({ digest: order.digest, nonce, certReq: true }),
  );
  const token = parseTimestampResponse(response);
  const latest = order.now().getTime() + CLOCK_TOLERANCE;
  const { genTime } = verifyTimestampToken(
    token,
    {
      imprint: () => order.digest,
      nonce: BigInt(`0x${nonce.toString('hex')}`),
      anchors: order.anchors,
      pool: order.pool,
      at: order.now(),
    },
    order.certificates.read,
  );
  if (genTime.getTime() < earliest || genTime.getTime() > latest) {
    throw new PkiError('timestamp-invalid', `its time ${genTime.toISOString()} is not that of this machine`);
  }
  if (genTime < order.notBefore)
    throw new PkiError('timestamp-invalid', 'it is earlier than a time stamp that it covers');
  if (token.length > order.maxBytes) throw new PkiError('timestamp-invalid', 'the token is too large');
  return token;
}
