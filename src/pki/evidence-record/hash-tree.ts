/** Hash trees over many objects and the part of one that concerns one of them (RFC 4998 §4.2, §4.3). */
import { equalBytes } from '../der/bytes.ts';
import { PkiError } from '../errors.ts';
import { type DigestName, digest } from '../signature-scheme.ts';

/** Lists of hashes from an object up to the root, as `reducedHashtree` holds them; empty where the leaf is the root. */
export type ReducedHashTree = readonly (readonly Uint8Array[])[];

/** A binary tree; a node without a neighbour moves up as it is. */
export class HashTree {
  readonly #hash: DigestName;
  readonly #levels: (readonly Uint8Array[])[];

  /** @param leaves at least one */
  constructor(leaves: readonly Uint8Array[], hash: DigestName) {
    if (leaves.length === 0) throw new RangeError('a hash tree has leaves');
    this.#hash = hash;
    this.#levels = [leaves];
    for (let level = leaves; level.length > 1; ) {
      level = pairs(level).map(([one, other]) => (other ? nodeOf([one, other], hash) : one));
      this.#levels.push(level);
    }
  }

  get root(): Uint8Array {
    return this.#levels.at(-1)?.[0] ?? digest(this.#hash, new Uint8Array());
  }

  /** What leads from this leaf to the root. */
  reducedFor(index: number): ReducedHashTree {
    const lists: Uint8Array[][] = [];
    let at = index;
    for (const level of this.#levels.slice(0, -1)) {
      const neighbour = level[at ^ 1];
      // The first list names the object itself, too.
      if (neighbour) lists.push(lists.length === 0 ? [level[at] ?? neighbour, neighbour] : [neighbour]);
      at >>= 1;
    }
    return lists;
  }
}

/**
 * The root to which a leaf leads.
 * @throws PkiError `timestamp-imprint-mismatch` where the first list does not hold it
 */
export function rootOf(leaf: Uint8Array, tree: ReducedHashTree, hash: DigestName): Uint8Array {
  const [first, ...others] = tree;
  if (!first) return leaf;
  if (!first.some((one) => equalBytes(one, leaf)))
    throw new PkiError('timestamp-imprint-mismatch', 'the record is about another object');
  return others.reduce((node, list) => nodeOf([...list, node], hash), nodeOf(first, hash));
}

/** RFC 4998 §4.2: in binary ascending order, so that no side has to be told; one alone stays what it is. */
function nodeOf(hashes: readonly Uint8Array[], hash: DigestName): Uint8Array {
  const [only, ...others] = hashes;
  if (only && others.length === 0) return only;
  return digest(hash, Buffer.concat([...hashes].sort(Buffer.compare)));
}

function* slices<T>(all: readonly T[]): Generator<readonly [T, T?]> {
  for (let at = 0; at < all.length; at += 2) yield all.slice(at, at + 2) as unknown as readonly [T, T?];
}
const pairs = <T>(all: readonly T[]): (readonly [T, T?])[] => [...slices(all)];
