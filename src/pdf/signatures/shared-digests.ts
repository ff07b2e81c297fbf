/** Digests of many ranges of one file: what they have in common at its beginning is read once, not once for each. */
import { createHash, type Hash } from 'node:crypto';
import { eachBlock } from '../blocks.ts';
import type { ByteSource } from '../byte-source.ts';
import type { DigestAlgorithm } from './digest.ts';
import type { ByteRange } from './list-signatures.ts';

export class SharedDigests {
  readonly #source: ByteSource;
  /** Where gaps begin, in order. */
  readonly #gaps: readonly number[];
  readonly #states = new Map<DigestAlgorithm, Promise<ReadonlyMap<number, Hash>>>();

  /** @param ranges all that will be asked for */
  constructor(source: ByteSource, ranges: readonly ByteRange[]) {
    this.#source = source;
    this.#gaps = [...new Set(ranges.map(([, end]) => end))].sort((a, b) => a - b);
  }

  /** Bytes to be read for these ranges, once in all for each algorithm. */
  static bytesFor(ranges: readonly ByteRange[]): number {
    const shared = ranges.reduce((most, [, end]) => Math.max(most, end), 0);
    return ranges.reduce((sum, [, , , rest]) => sum + rest, shared);
  }

  /** The digest over the two ranges. @throws OSS_FILE_CHANGED where the file is shorter than the ranges. */
  async digest([, end, next, rest]: ByteRange, algorithm: DigestAlgorithm): Promise<Uint8Array> {
    const states = this.#states.get(algorithm) ?? this.#statesAtGaps(algorithm);
    this.#states.set(algorithm, states);
    const hash = (await states).get(end)?.copy();
    if (!hash) throw new Error('a range that was not announced');
    await eachBlock(this.#source, next, next + rest, (block) => hash.update(block));
    return hash.digest();
  }

  async #statesAtGaps(algorithm: DigestAlgorithm): Promise<ReadonlyMap<number, Hash>> {
    const states = new Map<number, Hash>();
    const hash = createHash(algorithm);
    let position = 0;
    for (const gap of this.#gaps) {
      await eachBlock(this.#source, position, gap, (block) => hash.update(block));
      states.set(gap, hash.copy());
      position = gap;
    }
    return states;
  }
}
