import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SyntaxParser } from './parser.ts';
import { type PdfItem, rawBytes } from './values.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function itemsOf(elements: readonly string[]): readonly PdfItem[] {
  const bytes = Buffer.from(`[${elements.join(' ')}]`, 'latin1');
  const { value } = new SyntaxParser({ bytes, fileOffset: 0 }, 0, true).parseItem();
  return value.kind === 'array' ? value.items : [];
}

const references = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${index + 7} 0 R`);

describe('long arrays', () => {
  it.each([999, 1_000, 1_001, 5_000, 10_000])('%i references read as short arrays do', (count) => {
    const written = references(count);
    const items = itemsOf(written);
    expect(items.length).toBe(count);
    expect(items.map((item) => Buffer.from(rawBytes(item)).toString())).toEqual(written);
    expect(items[count - 1]?.value).toEqual({ kind: 'reference', number: count + 6, generation: 0 });
    expect(items[count]).toBeUndefined();
    expect(items.at(-1)).toEqual(items[count - 1]);
    expect([...items].slice(0, 2)).toEqual([items[0], items[1]]);
    expect(items.some(({ value }) => value.kind !== 'reference')).toBe(false);
  });

  it('anything else among them changes nothing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3_000 }),
        fc.constantFrom('null', '(x)', '5000000000 0 R'),
        (at, other) => {
          const written = references(3_000);
          written.splice(at, 0, other);
          expect(itemsOf(written).map((item) => Buffer.from(rawBytes(item)).toString())).toEqual(written);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('take little memory', () => {
    const bytes = Buffer.from(`[${references(200_000).join(' ')}]`);
    collectGarbage();
    const before = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
    const { value } = new SyntaxParser({ bytes, fileOffset: 0 }, 0, true).parseItem();
    collectGarbage();
    const after = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
    expect(value.kind === 'array' && value.items.length).toBe(200_000);
    expect(after - before).toBeLessThan(8_000_000);
  });
});
