/** Hashes what a signature covers, in blocks. */
import { createHash } from 'node:crypto';
import { eachBlock } from '../blocks.ts';
import type { ByteSource } from '../byte-source.ts';
import type { ByteRange } from './list-signatures.ts';

export type DigestAlgorithm = 'sha256' | 'sha384' | 'sha512' | 'sha3-256' | 'sha3-384' | 'sha3-512';

/** The digest over the two ranges. @throws OSS_FILE_CHANGED where the file is shorter than the ranges. */
export async function digestByteRange(
  source: ByteSource,
  byteRange: ByteRange,
  algorithm: DigestAlgorithm = 'sha256',
): Promise<Uint8Array> {
  const hash = createHash(algorithm);
  const [start, end, next, rest] = byteRange;
  for (const [from, to] of [
    [start, start + end],
    [next, next + rest],
  ] as const)
    await eachBlock(source, from, to, (block) => hash.update(block));
  return hash.digest();
}
