import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openParts, sealedBox, sealParts } from './sealed-box.ts';

const key = randomBytes(32);

describe('a sealed value', () => {
  it('opens with its key at its place, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (plain, place) => {
        const box = sealedBox(key);
        expect(Buffer.from(box.open(box.seal(plain, place), place))).toEqual(Buffer.from(plain));
      }),
    );
  });

  it('does not open after one bit has changed, at another place, or with another key', () => {
    const box = sealedBox(key);
    const sealed = Buffer.from(box.seal(Buffer.from('4827'), 'otp/1'));
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => box.open(changed, 'otp/1')).toThrow();
    }
    expect(() => box.open(sealed, 'otp/2')).toThrow();
    expect(() => sealedBox(randomBytes(32)).open(sealed, 'otp/1')).toThrow();
  });

  it('does not take a tag that was cut short', () => {
    const parts = sealParts(key, Buffer.from('4827'));
    expect(openParts(key, parts).toString()).toBe('4827');
    for (const length of [0, 4, 8, 12, 15]) {
      expect(() => openParts(key, { ...parts, tag: parts.tag.subarray(0, length) })).toThrow();
    }
  });
});
