import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PdfDocument } from '../read/document.ts';
import { assertDecryptable } from './decryptable.ts';

/** A document whose first page has one deflated stream, which its cipher makes this of. */
function documentOf(plain: Uint8Array): PdfDocument {
  const contents = { kind: 'reference', number: 4, generation: 0 };
  const entries = (values: Record<string, unknown>) => ({
    kind: 'dictionary',
    entries: new Map(Object.entries(values).map(([key, value]) => [key, { value }])),
  });
  const stream = {
    kind: 'stream',
    dictionary: entries({ Filter: { kind: 'name', value: 'FlateDecode' }, Length: integer(plain.length) }),
    dataOffset: 0,
  };
  const resolve = async (value: { kind: string }) => (value.kind === 'reference' ? stream : value);
  return {
    encryption: { cipher: { decryptStream: () => plain } },
    page: async () => ({ dictionary: entries({ Contents: contents }) }),
    resolve,
    get: async () => stream,
    lookup: async (dictionary: ReturnType<typeof entries>, key: string) =>
      dictionary.entries.get(key)?.value ?? { kind: 'null' },
    source: { read: async () => plain },
  } as unknown as PdfDocument;
}
const integer = (value: number) => ({ kind: 'number', value, isInteger: true });

const CONTENT = Buffer.from('BT /F1 12 Tf 72 700 Td (a line of text) Tj ET\n'.repeat(200));

describe('what a cipher makes of the first page', () => {
  it('is noise, also where its first two bytes are those of a deflated stream by chance', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 64, maxLength: 700 }), async (noise) => {
        const lucky = Buffer.concat([Buffer.of(0x78, 0x9c), noise]);
        await expect(assertDecryptable(documentOf(lucky))).rejects.toMatchObject({
          code: 'OSS_PDF_ENCRYPTION_UNSUPPORTED',
        });
      }),
      { numRuns: 2000, seed: 20_261_130 },
    );
  });

  it('is the page, whole, cut off, or damaged further on', async () => {
    const deflated = deflateSync(CONTENT, { level: 1 });
    const stored = deflateSync(CONTENT, { level: 0 });
    const damaged = Buffer.from(stored);
    damaged.fill(0xff, 4000);
    for (const plain of [deflated, stored, deflated.subarray(0, 40), damaged])
      await expect(assertDecryptable(documentOf(plain))).resolves.toBeUndefined();
  });
});
