/** The shortest piece of a document that counts as content of it. */
export const RUN_BYTES = 32;

/** A run with fewer different byte values says nothing: padding, rules of dashes, rows of zeros. */
const MIN_DISTINCT_BYTES = 8;

/**
 * Finds content of documents in traffic: any 32 consecutive bytes of any document, at any place, in the
 * traffic as it is or behind base64, base64url or hexadecimal.
 */
export class DocumentRuns {
  readonly #runs = new Set<string>();

  constructor(documents: readonly Uint8Array[]) {
    for (const document of documents) {
      for (const run of windows(document)) if (isTelling(run)) this.#runs.add(run);
    }
  }

  get size(): number {
    return this.#runs.size;
  }

  /** The first run of a document in this traffic, or undefined. */
  findIn(traffic: Uint8Array): { offset: number; encoding: string; run: Buffer } | undefined {
    for (const { encoding, offset, bytes } of readings(traffic)) {
      let position = 0;
      for (const run of windows(bytes)) {
        if (this.#runs.has(run))
          return { offset: offset + position, encoding, run: Buffer.from(run, 'latin1') };
        position++;
      }
    }
    return undefined;
  }
}

function* windows(bytes: Uint8Array): Generator<string> {
  const text = Buffer.from(bytes).toString('latin1');
  for (let start = 0; start + RUN_BYTES <= text.length; start++) yield text.slice(start, start + RUN_BYTES);
}

const isTelling = (run: string): boolean => new Set(run).size >= MIN_DISTINCT_BYTES;

/** The traffic as bytes, and every text in it that may be an encoding of bytes, decoded. */
function* readings(traffic: Uint8Array): Generator<{ encoding: string; offset: number; bytes: Uint8Array }> {
  yield { encoding: 'none', offset: 0, bytes: traffic };
  const text = Buffer.from(traffic).toString('latin1').replaceAll('\\/', '/');
  for (const { 0: word, index } of text.matchAll(/[0-9A-Fa-f]{64,}/g)) {
    for (const shift of [0, 1]) {
      yield { encoding: 'hexadecimal', offset: index, bytes: Buffer.from(word.slice(shift), 'hex') };
    }
  }
  for (const { 0: word, index } of text.matchAll(/[A-Za-z0-9+/_-]{40,}/g)) {
    // A decoded text may begin in the middle of a group of four characters.
    for (const shift of [0, 1, 2, 3]) {
      yield { encoding: 'base64', offset: index, bytes: Buffer.from(word.slice(shift), 'base64') };
    }
  }
}
