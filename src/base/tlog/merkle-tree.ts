/** The Merkle tree of RFC 9162 §2.1 over SHA-256: roots, proofs, and their verification. */
import { createHash } from 'node:crypto';

export const HASH_BYTES = 32;

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** RFC 9162 §2.1.1: leaves and nodes are hashed apart, so that none passes for the other. */
export const leafHash = (entry: Uint8Array): Buffer => sha256(Uint8Array.of(0), entry);
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  sha256(Uint8Array.of(1), left, right);
const EMPTY_ROOT = sha256();

/** The root over the hashes of a complete subtree: a power of two of them. */
export function foldComplete(hashes: readonly Uint8Array[]): Uint8Array {
  let row = hashes;
  while (row.length > 1) {
    row = row.flatMap((hash, index) => (index % 2 === 1 ? [] : [nodeHash(hash, row[index + 1] ?? hash)]));
  }
  return row[0] ?? EMPTY_ROOT;
}

/** The hash of the complete subtree of 2^height leaves whose first leaf is number · 2^height. */
export type ReadSubtree = (height: number, number: number) => Promise<Uint8Array>;

/** The largest power of two below n. */
function splitOf(n: number): number {
  let split = 1;
  while (split * 2 < n) split *= 2;
  return split;
}

/** Root of the leaves from `start` (inclusive) to `end` (exclusive); `start` is a multiple of the tree's size there. */
async function rootOfRange(start: number, end: number, read: ReadSubtree): Promise<Uint8Array> {
  const size = end - start;
  const height = Math.log2(size);
  if (Number.isInteger(height) && start % size === 0) return read(height, start / size);
  const middle = start + splitOf(size);
  return nodeHash(await rootOfRange(start, middle, read), await rootOfRange(middle, end, read));
}

export const rootOf = async (size: number, read: ReadSubtree): Promise<Uint8Array> =>
  size === 0 ? EMPTY_ROOT : rootOfRange(0, size, read);

/** RFC 9162 §2.1.3.1: the hashes beside the way from the leaf to the root, from below. */
export async function proveInclusion(index: number, size: number, read: ReadSubtree): Promise<Uint8Array[]> {
  if (index < 0 || index >= size) throw new RangeError(`entry ${index} of ${size}`);
  const path = async (start: number, end: number): Promise<Uint8Array[]> => {
    if (end - start === 1) return [];
    const middle = start + splitOf(end - start);
    return index < middle
      ? [...(await path(start, middle)), await rootOfRange(middle, end, read)]
      : [...(await path(middle, end)), await rootOfRange(start, middle, read)];
  };
  return path(0, size);
}

/** RFC 9162 §2.1.4.1: that the tree of `size` continues the one of `first` leaves. */
export async function proveConsistency(
  first: number,
  size: number,
  read: ReadSubtree,
): Promise<Uint8Array[]> {
  if (first < 0 || first > size) throw new RangeError(`${first} of ${size}`);
  if (first === 0 || first === size) return [];
  const path = async (start: number, end: number, whole: boolean): Promise<Uint8Array[]> => {
    if (first === end) return whole ? [] : [await rootOfRange(start, end, read)];
    const middle = start + splitOf(end - start);
    return first <= middle
      ? [...(await path(start, middle, whole)), await rootOfRange(middle, end, read)]
      : [...(await path(middle, end, false)), await rootOfRange(start, middle, read)];
  };
  return path(0, size, true);
}

const equal = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** RFC 9162 §2.1.3.2. */
export function verifyInclusion(
  leaf: Uint8Array,
  { index, size }: { readonly index: number; readonly size: number },
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  let [node, last] = [BigInt(index), BigInt(size - 1)];
  let hash = leaf;
  for (const beside of proof) {
    if (last === 0n) return false;
    if (node % 2n === 1n || node === last) {
      hash = nodeHash(beside, hash);
      while (node % 2n === 0n && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      hash = nodeHash(hash, beside);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n && equal(hash, root);
}

export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/** RFC 9162 §2.1.4.2. */
export function verifyConsistency(first: TreeHead, second: TreeHead, proof: readonly Uint8Array[]): boolean {
  if (first.size > second.size) return false;
  if (first.size === second.size) return proof.length === 0 && equal(first.root, second.root);
  if (first.size === 0) return proof.length === 0 && equal(first.root, EMPTY_ROOT);
  // A complete subtree is its own first hash.
  const isPowerOfTwo = Number.isInteger(Math.log2(first.size));
  const [start, ...others] = isPowerOfTwo ? [first.root, ...proof] : proof;
  if (start === undefined) return false;
  let [node, last] = [BigInt(first.size - 1), BigInt(second.size - 1)];
  while (node % 2n === 1n) [node, last] = [node >> 1n, last >> 1n];
  let [old, current] = [start, start];
  for (const beside of others) {
    if (last === 0n) return false;
    if (node % 2n === 1n || node === last) {
      [old, current] = [nodeHash(beside, old), nodeHash(beside, current)];
      while (node % 2n === 0n && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      current = nodeHash(current, beside);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n && equal(old, first.root) && equal(current, second.root);
}
