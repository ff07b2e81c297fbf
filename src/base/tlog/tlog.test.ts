import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logSigner, openCheckpoint, parseVerifierKey, signCheckpoint, verifierKey } from './checkpoint.ts';
import {
  foldComplete,
  leafHash,
  nodeHash,
  proveConsistency,
  proveInclusion,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from './merkle-tree.ts';
import { formatProof, parseProof, proves } from './proof-file.ts';
import { decodeBundle, encodeBundle, parseTilePath, tilePath } from './tiles.ts';

const leaves = Array.from({ length: 600 }, (_, index) => leafHash(Buffer.from(`entry ${index}`)));
const read = async (height: number, number: number) =>
  foldComplete(leaves.slice(number * 2 ** height, (number + 1) * 2 ** height));

/** As RFC 9162 §2.1.1 defines it, word for word. */
function byDefinition(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return createHash('sha256').digest();
  if (hashes.length === 1) return hashes[0] as Uint8Array;
  let k = 1;
  while (k * 2 < hashes.length) k *= 2;
  return nodeHash(byDefinition(hashes.slice(0, k)), byDefinition(hashes.slice(k)));
}

const size = fc.integer({ min: 1, max: leaves.length });

describe('the Merkle tree', () => {
  it('has the root that RFC 9162 defines, at every size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: leaves.length }), async (n) => {
        expect(Buffer.from(await rootOf(n, read))).toEqual(Buffer.from(byDefinition(leaves.slice(0, n))));
      }),
    );
  });

  it('proves every entry at every size, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(size, fc.nat(), fc.nat(), async (n, anyIndex, other) => {
        const index = anyIndex % n;
        const root = await rootOf(n, read);
        const proof = await proveInclusion(index, n, read);
        const [leaf, place] = [leaves[index] as Uint8Array, { index, size: n }];
        expect(verifyInclusion(leaf, place, proof, root)).toBe(true);
        expect(verifyInclusion(leafHash(randomBytes(8)), place, proof, root)).toBe(false);
        if (other % n !== index) {
          expect(verifyInclusion(leaf, { index: other % n, size: n }, proof, root)).toBe(false);
        }
        expect(verifyInclusion(leaf, place, [...proof, randomBytes(32)], root)).toBe(false);
        if (proof.length > 0) expect(verifyInclusion(leaf, place, proof.slice(1), root)).toBe(false);
      }),
    );
  });

  it('proves that it only grew, through any sequence of sizes, and no other history', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(size, { minLength: 2, maxLength: 8 }), async (anySizes) => {
        const sizes = [...anySizes].sort((a, b) => a - b);
        for (const [at, second] of sizes.entries()) {
          const first = sizes[Math.max(0, at - 1)] as number;
          const heads = [
            { size: first, root: await rootOf(first, read) },
            { size: second, root: await rootOf(second, read) },
          ] as const;
          const proof = await proveConsistency(first, second, read);
          expect(verifyConsistency(...heads, proof)).toBe(true);
          // Another tree of the former size.
          const forged = { size: first, root: leafHash(randomBytes(8)) };
          expect(verifyConsistency(forged, heads[1], proof)).toBe(false);
          if (first < second) expect(verifyConsistency(heads[1], heads[0], proof)).toBe(false);
        }
      }),
    );
  });
});

describe('a checkpoint', () => {
  const signer = logSigner('sign.example.com/log', randomBytes(32));
  const head = { size: 7, root: randomBytes(32) };

  it('opens with its key, as a verifier writes it', () => {
    const key = parseVerifierKey(verifierKey(signer));
    if (key === undefined) throw new Error('the key was not read');
    expect(openCheckpoint(signCheckpoint(head, signer), key)).toEqual(head);
  });

  it('does not open changed in any byte, nor for another key or origin', () => {
    const note = Buffer.from(signCheckpoint(head, signer));
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Buffer.from(note);
        changed[at] = (changed[at] ?? 0) ^ by;
        const opened = openCheckpoint(changed.toString('utf8'), signer);
        // What an encoding leaves open (unused bits of base64) changes nothing that is said.
        if (opened !== undefined) expect(opened).toEqual(head);
      }),
    );
    expect(openCheckpoint(note.toString(), logSigner(signer.origin, randomBytes(32)))).toBeUndefined();
    expect(openCheckpoint(note.toString(), { ...signer, origin: 'another.example/log' })).toBeUndefined();
  });
});

describe('a proof as a text', () => {
  const signer = logSigner('sign.example.com/log', randomBytes(32));

  it('says the same when it is read again, and proves its entry alone', async () => {
    await fc.assert(
      fc.asyncProperty(size, fc.nat(), fc.option(fc.uint8Array()), async (n, any, extra) => {
        const index = any % n;
        const checkpoint = signCheckpoint({ size: n, root: await rootOf(n, read) }, signer);
        const hashes = await proveInclusion(index, n, read);
        const text = formatProof({ index, hashes, checkpoint, extra: extra ?? undefined });
        const proof = parseProof(text);
        if (proof === undefined) throw new Error('the proof was not read');
        expect(formatProof(proof)).toBe(text);
        expect(proves(proof, Buffer.from(`entry ${index}`), signer)).toBe(true);
        expect(proves(proof, Buffer.from(`entry ${index + 1}`), signer)).toBe(false);
      }),
    );
  });

  it('is refused, never thrown at, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const wrong of [text, `c2sp.org/tlog-proof@v1\n${text}`]) {
          expect(parseProof(wrong)).toBeUndefined();
        }
      }),
    );
  });
});

describe('tiles', () => {
  it('are named as C2SP names them, and no name is read that is written otherwise', () => {
    expect(tilePath(0, 1_234_067)).toBe('tile/0/x001/x234/067');
    expect(tilePath('entries', 5, 7)).toBe('tile/entries/005.p/7');
    fc.assert(
      fc.property(fc.nat(63), fc.nat(), fc.integer({ min: 1, max: 256 }), (level, number, width) => {
        expect(parseTilePath(tilePath(level, number, width))).toEqual({ level, number, width });
      }),
    );
    for (const path of ['tile/0/1', 'tile/00/001', 'tile/0/x000/001', 'tile/0/001.p/256', 'tile/0/001.p/0']) {
      expect(parseTilePath(path)).toBeUndefined();
    }
  });

  it('hold entries of every length', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (entries) => {
        expect(decodeBundle(encodeBundle(entries)).map((entry) => [...entry])).toEqual(
          entries.map((entry) => [...entry]),
        );
      }),
    );
    expect(() => decodeBundle(Uint8Array.of(0, 5, 1))).toThrow(RangeError);
  });
});
