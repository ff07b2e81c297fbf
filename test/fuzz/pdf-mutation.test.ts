/** Damaged documents: the reader and the appender answer with a typed error or a result, soon, whatever comes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { OssError } from '../../src/contract/errors.ts';
import {
  changesAfter,
  listSignatures,
  memorySource,
  openPdf,
  planSignatureUpdate,
} from '../../src/pdf/index.ts';

const CORPUS = join(import.meta.dirname, '../corpus');
const RUNS = Number(process.env.FUZZ_RUNS ?? 2_000);
const MAX_MILLISECONDS = 1_000;

/** A small generator with a seed, so that a failure can be repeated (mulberry32). */
function randomGenerator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const FRAGMENTS = [
  ...['<<', '>>', '[', ']', '(', ')', '<', '>', '/', '%', ' R', '0 0 R', '1 0 R', '/Prev 0', '/Kids [1 0 R]'],
  ...[
    'endobj',
    'stream\n',
    'xref\n',
    'trailer',
    'startxref',
    '99999999999',
    '-1',
    '/Length 4294967295',
    '\0',
  ],
  '[['.repeat(200),
].map((text) => Buffer.from(text, 'latin1'));

function mutate(original: Buffer, random: (below: number) => number): Buffer {
  let bytes = Buffer.from(original);
  for (let edits = 1 + random(4); edits > 0 && bytes.length > 0; edits -= 1) {
    const at = random(bytes.length);
    const fragment = FRAGMENTS[random(FRAGMENTS.length)] ?? Buffer.alloc(0);
    switch (random(6)) {
      case 0:
        bytes[at] = random(256);
        break;
      case 1: // a digit becomes another one: offsets, counts, lengths
        for (let i = at; i < Math.min(bytes.length, at + 2_000); i += 1) {
          const byte = bytes[i] ?? 0;
          if (byte >= 0x30 && byte <= 0x39) {
            bytes[i] = 0x30 + random(10);
            break;
          }
        }
        break;
      case 2:
        bytes = bytes.subarray(0, at);
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), fragment, bytes.subarray(at)]);
        break;
      case 4:
        fragment.copy(bytes, at);
        break;
      default: {
        const length = random(200);
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + length))]);
      }
    }
  }
  return bytes;
}

async function exercise(bytes: Uint8Array): Promise<void> {
  const document = await openPdf(memorySource(bytes));
  for (const signature of await listSignatures(document)) {
    if (signature.revisionEnd !== undefined) await changesAfter(document, signature.revisionEnd);
  }
  const update = await planSignatureUpdate(document, {
    claimedSigningTime: new Date(0),
    contentsCapacity: 100,
  });
  await listSignatures(await openPdf(memorySource(Buffer.concat([bytes, update.appended]))));
}

it(`throws nothing but typed errors for ${RUNS} damaged documents, each within a second`, async () => {
  const seeds = readdirSync(CORPUS)
    .filter((name) => name.endsWith('.pdf'))
    .map((name) => ({ name, bytes: readFileSync(join(CORPUS, name)) }))
    .filter(({ bytes }) => bytes.length > 100);
  const surprises: string[] = [];
  let refused = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const random = randomGenerator(run);
    const seed = seeds[random(seeds.length)];
    if (!seed) throw new Error('the corpus is empty');
    const started = performance.now();
    try {
      await exercise(mutate(seed.bytes, random));
    } catch (thrown) {
      refused += 1;
      const isTyped = thrown instanceof OssError && thrown.code !== 'OSS_INTERNAL';
      if (!isTyped)
        surprises.push(`run ${run}, ${seed.name}: ${thrown instanceof Error ? thrown.stack : thrown}`);
    }
    const elapsed = performance.now() - started;
    if (elapsed > MAX_MILLISECONDS) surprises.push(`run ${run}, ${seed.name}: took ${elapsed.toFixed(0)} ms`);
  }
  expect(surprises).toEqual([]);
  // Both outcomes occur, so the mutations are neither harmless nor all fatal.
  expect(refused).toBeGreaterThan(RUNS / 10);
  expect(refused).toBeLessThan(RUNS);
}, 300_000);
