import { beforeAll, describe, expect, it } from 'vitest';
import { listSignatures, memorySource, openPdf } from '../index.ts';
import { plainPdf } from '../plain-pdf.fixture.ts';
import { type Signed, sign } from '../signing.fixture.ts';

/** A hexadecimal string as /Contents has it, which is not /Contents. */
const DECOY = `<${'41'.repeat(64)}>`;

let signed: Signed;
beforeAll(async () => {
  signed = await sign(plainPdf({ objects: [DECOY] }));
});

/** The file with the gap of its ByteRange from `start` to `end`; everything else is covered. */
function withGap(start: number, end: number): Buffer {
  const bytes = Buffer.from(signed.bytes);
  const opening = bytes.lastIndexOf('/ByteRange');
  const closing = bytes.indexOf(']', opening);
  const text = `/ByteRange [0 ${start} ${end} ${bytes.length - end}`.padEnd(closing - opening);
  if (text.length > closing - opening) throw new Error('no room');
  bytes.write(text, opening, 'latin1');
  return bytes;
}

async function isGapExact(start: number, end: number): Promise<boolean | undefined> {
  const [signature] = await listSignatures(await openPdf(memorySource(withGap(start, end))));
  return signature?.isGapExact;
}

describe('the gap of a ByteRange (ISO 32000-2 §12.8.1)', () => {
  it('is exact where it is the /Contents string with its delimiters', async () => {
    const [, start, end] = signed.update.byteRange;
    expect(await isGapExact(start, end)).toBe(true);
  });

  it('is not exact around another string that looks like one', async () => {
    const start = signed.bytes.indexOf(DECOY);
    expect(signed.bytes.toString('latin1', start, start + DECOY.length)).toBe(DECOY);
    expect(await isGapExact(start, start + DECOY.length)).toBe(false);
  });

  it.each([
    [-1, 0],
    [1, 0],
    [0, -1],
    [0, 1],
    [-1, 1],
    [1, -1],
  ])('is not exact %i and %i bytes beside it', async (before, behind) => {
    const [, start, end] = signed.update.byteRange;
    expect(await isGapExact(start + before, end + behind)).toBe(false);
  });
});
