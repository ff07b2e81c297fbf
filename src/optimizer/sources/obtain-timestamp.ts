/** One time stamp from the first authority that gives a good one (RFC 3161). */
import { randomBytes } from 'node:crypto';
import { OssError } from '../../contract/errors.ts';
import type { SourceAttempt } from '../../contract/model/transaction.ts';
import {
  buildTimestampRequest,
  type Certificate,
  type CertificateCache,
  chainEnds,
  isClearlyAfter,
  PkiError,
  parseTimestampResponse,
  parseTimestampToken,
  type StampDigest,
  type VerifiedTimestamp,
  verifyTimestampToken,
} from '../../pki/index.ts';
import type { TimestampAuthority } from './port.ts';

export interface TimestampOrder {
  /** Of what is stamped. */
  readonly digest: Uint8Array;
  /** What made `digest`. Default: SHA-256. */
  readonly hash?: StampDigest;
  /** An authority whose certificates end before then is passed over: what it stamps would have to be renewed at once. */
  readonly lastingUntil?: Date;
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
  /** Issuers of certificates in a token that came without them; they are to be kept beside it. */
  readonly issuersOf: (certificates: readonly Certificate[]) => Promise<Certificate[]>;
  /** Rejects where the authority was revoked, or where that cannot be settled although it says whom to ask. */
  readonly requireNotRevoked: (timestamp: VerifiedTimestamp) => Promise<void>;
  /** Told of every attempt, before the next one. */
  readonly onAttempt: (attempt: SourceAttempt) => Promise<void>;
}

export interface ObtainedTimestamp {
  /** DER. */
  readonly token: Uint8Array;
  /** What it lacks for a path to an anchor. */
  readonly issuers: readonly Certificate[];
}

const NONCE_BYTES = 16;

/**
 * Every token is verified before it is used: status, imprint, nonce, signature, ESS reference, path to the anchors,
 * purpose, time (TS-14), and that the authority was not revoked.
 * @throws OssError OSS_TIMESTAMP_FAILED when no authority is left
 * @throws TokenTooLarge for a good token that needs more room
 */
export async function obtainTimestamp(order: TimestampOrder): Promise<ObtainedTimestamp> {
  const failures: string[] = [];
  for (const authority of order.authorities) {
    try {
      const obtained = await askFor(authority, order);
      await order.onAttempt({ purpose: 'timestamp', url: authority.url, outcome: 'used' });
      return obtained;
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
  if (error instanceof OssError && UNPROVABLE.has(error.code)) return reasonIn(error);
  if (error instanceof OssError && error.code === 'OSS_SOURCE_FAILED') return reasonIn(error);
  throw error;
}

const reasonIn = (error: OssError): string => String(error.details.reason ?? error.message);

/** An authority that was revoked, or of which nobody says that it was not. */
const UNPROVABLE: ReadonlySet<string> = new Set(['OSS_VALIDATION_DATA_MISSING', 'OSS_LEVEL_NOT_POSSIBLE']);

/** Not a fault of the authority: there is to be more room for its token. */
export class TokenTooLarge extends Error {
  /** Bytes of the DER token. */
  readonly bytes: number;

  constructor(bytes: number) {
    super(`a time-stamp token of ${bytes} bytes`);
    this.bytes = bytes;
  }
}

async function askFor(authority: TimestampAuthority, order: TimestampOrder): Promise<ObtainedTimestamp> {
  const nonce = randomBytes(NONCE_BYTES);
  const askedAt = order.now();
  const response = await authority.query(
    buildTimestampRequest({
      ...{ digest: order.digest, nonce, certReq: true },
      ...(order.hash && { hash: order.hash }),
    }),
  );
  const token = parseTimestampResponse(response);
  const { verified, issuers } = await verifyToken(token, nonce, order);
  const { genTime } = verified;
  if (isClearlyAfter(askedAt, genTime) || isClearlyAfter(genTime, order.now())) {
    throw new PkiError('timestamp-invalid', `its time ${genTime.toISOString()} is not that of this machine`);
  }
  if (isClearlyAfter(order.notBefore, genTime))
    throw new PkiError('timestamp-invalid', 'it is earlier than a time stamp that it covers');
  requireLasting(verified, order.lastingUntil);
  await order.requireNotRevoked(verified);
  if (token.length > order.maxBytes) throw new TokenTooLarge(token.length);
  return { token, issuers };
}

function requireLasting({ chain }: VerifiedTimestamp, until: Date | undefined): void {
  const [end] = chainEnds(chain);
  if (until === undefined || end === undefined || end.time >= until) return;
  const { commonName, text } = end.certificate.subject;
  const what = end.because === 'validity' ? 'expires' : 'has a key that is too short';
  throw new PkiError('timestamp-invalid', `${commonName ?? text} ${what} on ${end.time.toISOString()}`);
}

/** A token may come with the certificate of the authority alone (RFC 3161 §2.4.1): its issuers are looked for then. */
async function verifyToken(
  token: Uint8Array,
  nonce: Uint8Array,
  order: TimestampOrder,
): Promise<{ verified: VerifiedTimestamp; issuers: readonly Certificate[] }> {
  const { digest, hash: asked = 'sha256', anchors, certificates, now } = order;
  const verifyWith = (pool: readonly Certificate[]): VerifiedTimestamp =>
    verifyTimestampToken(
      token,
      {
        imprint: (hash) => (hash === asked ? digest : new Uint8Array()),
        nonce: BigInt(`0x${Buffer.from(nonce).toString('hex')}`),
        anchors,
        pool,
        at: now(),
      },
      certificates.read,
    );
  try {
    return { verified: verifyWith(order.pool), issuers: [] };
  } catch (error) {
    if (!(error instanceof PkiError) || error.reason !== 'path-not-found') throw error;
    const issuers = await order.issuersOf(
      parseTimestampToken(token, certificates.read).signedData.certificates,
    );
    if (issuers.length === 0) throw error;
    return { verified: verifyWith([...order.pool, ...issuers]), issuers };
  }
}
