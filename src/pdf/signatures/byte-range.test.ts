import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listSignatures, memorySource, openPdf } from '../index.ts';

const signed = readFileSync(join(import.meta.dirname, '../../../test/corpus/signed-once.pdf'), 'latin1');

async function withRange(change: (range: readonly number[]) => readonly number[]) {
  const [found = '', numbers = ''] = /ByteRange \[([^\]]*)\]/.exec(signed) ?? [];
  const changed = `ByteRange [${change(numbers.split(' ').map(Number)).join(' ')}]`.padEnd(found.length);
  expect(changed).toHaveLength(found.length);
  const bytes = Buffer.from(signed.replace(found, changed), 'latin1');
  const [signature] = await listSignatures(await openPdf(memorySource(bytes)));
  return signature;
}

it('the bytes left out are exactly the signature value', async () => {
  expect(await withRange((range) => range)).toMatchObject({ isGapExact: true });
});

it.each([
  ['begins before it', [0, -1, 0, 0]],
  ['begins within it', [0, 1, 0, 0]],
  ['ends within it', [0, 0, -1, 0]],
  ['ends after it', [0, 0, 1, -1]],
])('a gap that %s is not exact', async (_, [first = 0, end = 0, next = 0, rest = 0]) => {
  const change = ([a = 0, b = 0, c = 0, d = 0]: readonly number[]) => [
    a + first,
    b + end,
    c + next,
    d + rest,
  ];
  expect(await withRange(change)).toMatchObject({ isGapExact: false });
});

it.each([
  ['does not begin at 0', [1, 0, 0, 0]],
  ['ends after the file', [0, 0, 0, 1]],
])('a range that %s is none', async (_, [first = 0, end = 0, next = 0, rest = 0]) => {
  const change = ([a = 0, b = 0, c = 0, d = 0]: readonly number[]) => [
    a + first,
    b + end,
    c + next,
    d + rest,
  ];
  expect((await withRange(change))?.byteRange).toBeUndefined();
});
