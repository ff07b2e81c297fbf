/** Evidence records as bytes (RFC 4998 §3, appendix A: IMPLICIT tags). */
import { type DerReader, readSequence } from '../der/reader.ts';
import { contextConstructed, TAG } from '../der/tags.ts';
import { integer, octetString, oid, sequence, tagged } from '../der/writer.ts';
import { malformed } from '../errors.ts';
import { OID } from '../oids.ts';
import { type DigestName, digestNameOf } from '../signature-scheme.ts';
import type { StampDigest } from '../timestamp/request.ts';
import type { ReducedHashTree } from './hash-tree.ts';

export interface ArchiveTimestamp {
  /** DER, as it stands in its chain. */
  readonly der: Uint8Array;
  /** Undefined where it is that of the time stamp. */
  readonly hash: DigestName | undefined;
  readonly tree: ReducedHashTree;
  /** DER of the token: what the next one of its chain covers. */
  readonly token: Uint8Array;
}

/** Time stamps with one hash algorithm, each over the one before it. */
export type ArchiveTimestampChain = readonly ArchiveTimestamp[];

/** Many times what decades need; a tree over 2^64 objects has 64 lists. */
const LIMITS = Object.freeze({ chains: 64, timestamps: 256, lists: 64, hashes: 4096 });

/** One archive time stamp over a leaf of a tree. */
export function archiveTimestamp(
  tree: ReducedHashTree,
  token: Uint8Array,
  hash: StampDigest,
): ArchiveTimestamp {
  const lists = tree.map((list) => sequence(...list.map((one) => octetString(one))));
  const der = sequence(
    tagged(0, oid(OID[hash])),
    ...(lists.length === 0 ? [] : [tagged(2, ...lists)]),
    token,
  );
  return { der, hash, tree, token };
}

/** DER ArchiveTimeStampSequence: what the first time stamp of the next chain covers together with the object. */
export const encodeChains = (chains: readonly ArchiveTimestampChain[]): Uint8Array =>
  sequence(...chains.map((chain) => sequence(...chain.map(({ der }) => der))));

/** DER EvidenceRecord. */
export function encodeEvidenceRecord(chains: readonly ArchiveTimestampChain[]): Uint8Array {
  const hashes = new Set(chains.flatMap(([first]) => (first?.hash ? [first.hash] : [])));
  const algorithms = [...hashes].map((hash) => sequence(oid(OID[hash as StampDigest])));
  return sequence(integer(1), sequence(...algorithms), encodeChains(chains));
}

/**
 * Reads a record without verifying it. Crypto information beside the time stamps is passed over; encrypted objects are
 * not supported.
 * @throws PkiError `malformed`, `unsupported-algorithm`, `weak-cryptography`
 */
export function parseEvidenceRecord(der: Uint8Array): readonly ArchiveTimestampChain[] {
  const fields = readSequence(der);
  if (fields.smallInteger() !== 1) throw malformed('evidence record is not of version 1');
  fields.sequence();
  fields.optional(contextConstructed(0));
  if (fields.peek() === contextConstructed(1)) throw malformed('evidence record over an encrypted object');
  const chains = within(
    fields.sequence().map((reader) => chainIn(reader.sequence())),
    LIMITS.chains,
  );
  fields.end();
  if (chains.length === 0) throw malformed('evidence record without a time stamp');
  return chains;
}

function chainIn(reader: DerReader): ArchiveTimestampChain {
  const chain = within(
    reader.map((each) => timestampIn(each.element(TAG.sequence).bytes)),
    LIMITS.timestamps,
  );
  if (chain.length === 0) throw malformed('archive time-stamp chain without a time stamp');
  return chain;
}

function timestampIn(der: Uint8Array): ArchiveTimestamp {
  const fields = readSequence(der);
  const algorithm = fields.optionalInside(contextConstructed(0));
  fields.optional(contextConstructed(1));
  const lists = fields.optionalInside(contextConstructed(2));
  const token = fields.element(TAG.sequence).bytes;
  fields.end();
  const tree = lists?.map((reader) =>
    within(
      reader.sequence().map((each) => each.octetString()),
      LIMITS.hashes,
    ),
  );
  return {
    ...{ der, token },
    hash: algorithm && digestNameOf(algorithm.oid()),
    tree: within(tree ?? [], LIMITS.lists),
  };
}

function within<T>(all: readonly T[], limit: number): readonly T[] {
  if (all.length > limit) throw malformed('evidence record with more parts than are read');
  return all;
}
