/** Hashes what a signature covers, in blocks. */
import { createHash } from 'node:crypto';
import type { ByteSource } from '../byte-source.ts';
import type { ByteRange } from './list-signatures.ts';

const BLOCK_SIZE = 1024 * 1024;

export type DigestAlgorithm = 'sha256' | 'sha384' | 'sha512';

/** The digest over the two ranges. Throws OSS_FILE_CHANGED where the file is shorter than the ranges. */
export async function digestByteRange(
  source: ByteSource,
  byteRange: ByteRange,
  algorithm: DigestAlgorithm = 'sha256',
): Promise<Uint8Array> {
  const hash = createHash(algorithm);
  const block = new Uint8Array(Math.min(BLOCK_SIZE, source.size));
  const ranges = [
    [byteRange[0], byteRange[1]],
    [byteRange[2], byteRange[3]],
  ] as const;
  for (const [start, length] of ranges) {
    for (let done = 0; done < length; ) {
      const part = block.subarray(0, Math.min(block.length, length - done));
      await source.readInto(part, start + done);
      hash.update(part);
      done += part.length;
    }
  }
  return hash.digest();
}
