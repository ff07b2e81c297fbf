import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { pictureSizeOf } from './picture-size.ts';

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#fff' } });

describe('the size of a picture, before it is decoded', () => {
  it.each([
    [640, 480],
    [1, 3000],
  ])('of %d by %d dots', async (width, height) => {
    for (const file of [
      await plain(width, height).jpeg().toBuffer(),
      await plain(width, height).jpeg({ progressive: true }).withMetadata().toBuffer(),
      await plain(width, height).png().toBuffer(),
    ])
      expect(pictureSizeOf(file)).toEqual({ width, height });
  });

  it.each(['', 'GIF89a', '\u00ff\u00d8', '\u00ff\u00d8\u00ff\u00e0\u0000\u0000', '\u0089PNG\r\n\u001a\n'])(
    '%j is no picture',
    (text) => {
      expect(pictureSizeOf(Buffer.from(text, 'latin1'))).toBeUndefined();
    },
  );

  it('of anything is said in no time', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4000 }), (bytes) => {
        const size = pictureSizeOf(Uint8Array.from([0xff, 0xd8, ...bytes]));
        if (size) expect(size.width * size.height).toBeGreaterThan(0);
      }),
    );
  });
});
