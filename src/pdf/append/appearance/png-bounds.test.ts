import { crc32, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundedPng } from './png-bounds.ts';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

function chunk(type: string, data: Uint8Array = Buffer.alloc(0)): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, checksum]);
}

interface Head {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colourType: number;
  readonly interlace: number;
}
const GREY: Head = { width: 10, height: 10, depth: 8, colourType: 0, interlace: 0 };

function header({ width, height, depth, colourType, interlace }: Head): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([depth, colourType, 0, 0, interlace], 8);
  return chunk('IHDR', data);
}

const png = (head: Head, samples: Uint8Array, between: readonly Buffer[] = []): Buffer =>
  Buffer.concat([SIGNATURE, header(head), ...between, chunk('IDAT', deflateSync(samples)), chunk('IEND')]);

const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Pixel by pixel, as PNG §8.2 draws the pattern: another way to count than the one under test. */
function bytesOf({ width, height, depth, colourType, interlace }: Head): number {
  const pattern = [
    '16462646',
    '77777777',
    '56565656',
    '77777777',
    '36463646',
    '77777777',
    '56565656',
    '77777777',
  ];
  const rows = new Map<string, number>();
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const pass = interlace === 1 ? pattern[y % 8]?.[x % 8] : '1';
      rows.set(`${pass} ${y}`, (rows.get(`${pass} ${y}`) ?? 0) + 1);
    }
  }
  const bits = depth * (CHANNELS[colourType] ?? 0);
  return [...rows.values()].reduce((sum, pixels) => sum + 1 + Math.ceil((pixels * bits) / 8), 0);
}

const heads = fc
  .constantFrom(
    ...[0, 2, 3, 4, 6].flatMap((colourType) => [1, 2, 4, 8, 16].map((depth) => ({ colourType, depth }))),
  )
  .filter(({ colourType, depth }) => (colourType === 0 ? true : colourType === 3 ? depth <= 8 : depth >= 8))
  .chain((kind) =>
    fc.record({
      width: fc.integer({ min: 1, max: 40 }),
      height: fc.integer({ min: 1, max: 40 }),
      interlace: fc.constantFrom(0, 1),
      depth: fc.constant(kind.depth),
      colourType: fc.constant(kind.colourType),
    }),
  );

describe('a PNG', () => {
  it('with as much data as its size says is taken, of every kind', () => {
    fc.assert(
      fc.property(heads, (head) => {
        const { width, height } = head;
        expect(boundedPng(png(head, Buffer.alloc(bytesOf(head))))).toMatchObject({ width, height });
      }),
    );
  });

  it('with a byte more or less is refused, of every kind', () => {
    fc.assert(
      fc.property(heads, fc.constantFrom(-1, 1), (head, off) => {
        expect(() => boundedPng(png(head, Buffer.alloc(bytesOf(head) + off)))).toThrow(
          expect.objectContaining({ code: 'OSS_PDF_IMAGE_INVALID' }),
        );
      }),
    );
  });

  it('of 10 by 10 pixels with 200 MB of data costs next to nothing', () => {
    const bomb = png(GREY, Buffer.alloc(200 << 20));
    const before = process.memoryUsage().arrayBuffers;
    expect(() => boundedPng(bomb)).toThrow(/more data than its size/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 << 20);
  });

  it('loses what does not decide about its samples, however it is packed', () => {
    const text = chunk('zTXt', Buffer.concat([Buffer.from('a\0\0'), deflateSync(Buffer.alloc(1 << 20))]));
    const profile = chunk('iCCP', Buffer.concat([Buffer.from('a\0\0'), deflateSync(Buffer.alloc(1 << 20))]));
    const many = Array.from({ length: 10_000 }, () => chunk('tEXt', Buffer.from('a\0b')));
    const { reduced } = boundedPng(png(GREY, Buffer.alloc(bytesOf(GREY)), [text, profile, ...many]));
    expect(reduced.equals(png(GREY, Buffer.alloc(bytesOf(GREY))))).toBe(true);
  });

  it.each([
    [
      'of more pixels than a signature needs',
      png({ ...GREY, width: 2 ** 31, height: 2 ** 31 }, Buffer.alloc(1)),
    ],
    ['without pixels', png({ ...GREY, width: 0 }, Buffer.alloc(1))],
    ['of an unknown kind', png({ ...GREY, depth: 3 }, Buffer.alloc(110))],
    [
      'with a palette larger than there are',
      png({ ...GREY, colourType: 3 }, Buffer.alloc(110), [chunk('PLTE', Buffer.alloc(1_000))]),
    ],
    [
      'that does not begin with its header',
      Buffer.concat([SIGNATURE, chunk('IDAT'), header(GREY), chunk('IEND')]),
    ],
    ['that is cut off', png(GREY, Buffer.alloc(110)).subarray(0, -5)],
  ])('%s is refused', (_, bytes) => {
    expect(() => boundedPng(bytes)).toThrow(expect.objectContaining({ code: 'OSS_PDF_IMAGE_INVALID' }));
  });
});
