import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeMac, generateCode, newSalt, sameMac } from './code.ts';

describe('a one-time password', () => {
  it.each([4, 6, 8, 10])('of %i digits has exactly so many, leading zeros too', (digits) => {
    for (let i = 0; i < 200; i++) expect(generateCode(digits)).toMatch(new RegExp(`^\\d{${digits}}$`));
  });

  it('has every digit equally often: chi-squared over 60,000 digits, false alarm one in a million', () => {
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 10_000; i++)
      for (const digit of generateCode(6)) counts[Number(digit)] = (counts[Number(digit)] ?? 0) + 1;
    const chiSquared = counts.reduce((sum, count) => sum + (count - 6000) ** 2 / 6000, 0);
    expect(chiSquared).toBeLessThan(45.1);
  });

  it('is bound to the request, the manifest and the salt', () => {
    const key = new Uint8Array(32);
    const code = fc.stringMatching(/^\d{6}$/);
    const binding = fc.record({ requestId: fc.uuid(), manifestDigest: fc.uuid() });
    fc.assert(
      fc.property(binding, binding, code, code, (a, b, codeA, codeB) => {
        const salt = newSalt();
        const mac = codeMac(key, salt, a, codeA);
        const same = a.requestId === b.requestId && a.manifestDigest === b.manifestDigest && codeA === codeB;
        expect(sameMac(mac, codeMac(key, salt, b, codeB))).toBe(same);
        expect(sameMac(mac, codeMac(key, salt, a, codeA))).toBe(true);
        expect(sameMac(mac, codeMac(key, newSalt(), a, codeA))).toBe(false);
      }),
    );
  });
});
