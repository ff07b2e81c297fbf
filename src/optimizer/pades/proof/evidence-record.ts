/** An evidence record beside a file: proof that all of it existed, also where nothing in it proves that any more. */
import { createHash } from 'node:crypto';
import type { Check, VerifiedEvidenceRecord } from '../../../contract/model/verification.ts';
import { type ByteSource, eachBlock } from '../../../pdf/index.ts';
import {
  type ArchiveTimestampChain,
  chainEnds,
  type DigestName,
  hashOfChain,
  isClearlyAfter,
  PkiError,
  parseEvidenceRecord,
  type VerifiedTimestamp,
  verifyEvidenceRecord,
} from '../../../pki/index.ts';
import type { PathOptions } from '../envelope/path-options.ts';
import { asInstant, failed, passed, verdictOf } from '../envelope/verdict.ts';
import { futureTimestamp } from './future-timestamp.ts';
import { timestampRefusal } from './timestamp-refusal.ts';

export interface JudgedRecord {
  readonly report: VerifiedEvidenceRecord;
  /** The file existed at the time of the first one, and the last one must hold now; undefined where it proves nothing. */
  readonly proof: { readonly first: VerifiedTimestamp; readonly last: VerifiedTimestamp } | undefined;
}

/** Reads the file once, for all hash algorithms of the record. Of services from trusted lists it knows nothing. */
export async function judgeRecord(
  source: ByteSource,
  der: Uint8Array,
  { anchors, at, certificates, revocation }: Omit<PathOptions, 'listed'>,
): Promise<JudgedRecord> {
  try {
    const chains = parseEvidenceRecord(der);
    const hashes = await hashesFor(source, chains);
    const stamps = verifyEvidenceRecord(chains, {
      hashOf: (hash) => hashes.get(hash) ?? new Uint8Array(),
      ...{ anchors, at, readCertificate: certificates.read, work: revocation.work },
    });
    const [first, last] = [stamps[0], stamps.at(-1)];
    if (!first || !last) throw new PkiError('malformed', 'evidence record without a time stamp');
    if (isClearlyAfter(last.genTime, at)) return refused(futureTimestamp(last.genTime));
    const sentence = `The whole file existed at ${asInstant(first.genTime)}, as its evidence record proves.`;
    const check = passed('timestamp', sentence);
    const [end] = chainEnds(last.chain);
    return {
      report: {
        ...{ verdict: verdictOf([check]), checks: [check], time: first.genTime.toISOString() },
        ...(end && { until: end.time.toISOString() }),
        timestamps: stamps.length,
      },
      proof: { first, last },
    };
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    const isOfAnother = error.reason === 'timestamp-imprint-mismatch';
    const sentence =
      'The evidence record is about another file, or about this one as it was before a change.';
    return refused(isOfAnother ? failed('timestamp', sentence, 'hashMismatch') : timestampRefusal(error));
  }
}

const refused = (check: Check): JudgedRecord => ({
  report: { verdict: verdictOf([check]), checks: [check], timestamps: 0 },
  proof: undefined,
});

async function hashesFor(
  source: ByteSource,
  chains: readonly ArchiveTimestampChain[],
): Promise<ReadonlyMap<DigestName, Uint8Array>> {
  const running = new Map([...new Set(chains.map(hashOfChain))].map((name) => [name, createHash(name)]));
  await eachBlock(source, 0, source.size, (block) => {
    for (const hash of running.values()) hash.update(block);
  });
  return new Map([...running].map(([name, hash]) => [name, hash.digest()]));
}
