/** Verification of evidence records (RFC 4998 §5.3). */
import type { Certificate } from '../certificate/certificate.ts';
import { isClearlyAfter } from '../clock-tolerance.ts';
import type { ReadCertificate } from '../cms/signed-data.ts';
import { PkiError } from '../errors.ts';
import type { CertificatePool } from '../path/certificate-pool.ts';
import type { WorkBudget } from '../path/work-budget.ts';
import { type DigestName, digest, digestNameOf } from '../signature-scheme.ts';
import { parseTimestampToken } from '../timestamp/token.ts';
import { type VerifiedTimestamp, verifyTimestampToken } from '../timestamp/verify.ts';
import { rootOf } from './hash-tree.ts';
import { type ArchiveTimestamp, type ArchiveTimestampChain, encodeChains } from './record.ts';

export interface RecordExpectation {
  /** The hash of the object. */
  readonly hashOf: (hash: DigestName) => Uint8Array;
  readonly anchors: readonly Certificate[] | CertificatePool;
  readonly pool?: readonly Certificate[] | CertificatePool;
  readonly readCertificate: ReadCertificate;
  /** The time at which the last time stamp must be valid; each of the others at the time of the one after it. */
  readonly at: Date;
  readonly work?: WorkBudget;
}

/** Of a chain: that of its first time stamp. */
export function hashOfChain([first]: ArchiveTimestampChain): DigestName {
  if (!first) throw new RangeError('a chain has a time stamp');
  return first.hash ?? digestNameOf(parseTimestampToken(first.token).info.imprint.hashOid);
}

/**
 * Verifies a record over an object.
 * @returns its time stamps, the oldest first: the object existed when that was made
 * @throws PkiError as `verifyTimestampToken`; `timestamp-imprint-mismatch` where a hash does not lead to what was stamped,
 * `timestamp-invalid` where the times are not in order
 */
export function verifyEvidenceRecord(
  chains: readonly ArchiveTimestampChain[],
  expected: RecordExpectation,
): readonly VerifiedTimestamp[] {
  const leaves = chains.flatMap((chain, index) => leavesOf(chain, chains.slice(0, index), expected));
  const verified: VerifiedTimestamp[] = [];
  let { at } = expected;
  for (const { timestamp, leaf, hash } of leaves.toReversed()) {
    const one = verifyOne(timestamp, leaf, hash, { ...expected, at });
    if (isClearlyAfter(one.genTime, at))
      throw new PkiError('timestamp-invalid', 'a time stamp is later than the one that renews it');
    verified.unshift(one);
    at = one.genTime;
  }
  return verified;
}

interface Leaf {
  readonly timestamp: ArchiveTimestamp;
  readonly leaf: Uint8Array;
  readonly hash: DigestName;
}

function leavesOf(
  chain: ArchiveTimestampChain,
  earlier: readonly ArchiveTimestampChain[],
  { hashOf }: RecordExpectation,
): Leaf[] {
  const hash = hashOfChain(chain);
  return chain.map((timestamp, index) => {
    const before = chain[index - 1];
    if (timestamp.hash !== undefined && timestamp.hash !== hash)
      throw new PkiError('timestamp-invalid', 'a chain with more than one hash algorithm');
    const leaf = before ? digest(hash, before.token) : leafOf(hashOf(hash), earlier, hash);
    return { timestamp, leaf, hash };
  });
}

/** What the first time stamp of a chain covers: the object, and everything that was stamped before (RFC 4998 §5.2). */
export const leafOf = (
  object: Uint8Array,
  earlier: readonly ArchiveTimestampChain[],
  hash: DigestName,
): Uint8Array =>
  earlier.length === 0 ? object : digest(hash, Buffer.concat([object, digest(hash, encodeChains(earlier))]));

function verifyOne(
  { tree, token }: ArchiveTimestamp,
  leaf: Uint8Array,
  hash: DigestName,
  { anchors, pool, at, work, readCertificate }: RecordExpectation,
): VerifiedTimestamp {
  const root = rootOf(leaf, tree, hash);
  return verifyTimestampToken(
    token,
    {
      imprint: (name) => (name === hash ? root : new Uint8Array()),
      ...{ anchors, at },
      ...(pool && { pool }),
      ...(work && { work }),
    },
    readCertificate,
  );
}
