import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toBase64 } from './encoding.ts';
import type { Manifest } from './manifest.ts';
import { manifestDigest, manifestReference } from './manifest-reference.ts';

const entry = fc.record({
  digest: fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toBase64),
  claimedSigningTime: fc.constantFrom('2026-01-31T10:20:30Z', '2026-01-31T10:20:31Z'),
});
const manifest: fc.Arbitrary<Manifest> = fc.uniqueArray(entry, {
  minLength: 1,
  maxLength: 5,
  selector: (e) => e.digest,
});

it('is eight characters of Crockford base 32, grouped by four, and spells the first 40 bits of the digest', () => {
  fc.assert(
    fc.property(manifest, (entries) => {
      const reference = manifestReference(entries);
      expect(reference).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
      const value = [...reference.replace('-', '')].reduce(
        (bits, digit) => bits * 32n + BigInt('0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(digit)),
        0n,
      );
      expect(value.toString(16).padStart(10, '0')).toBe(
        Buffer.from(manifestDigest(entries)).toString('hex').slice(0, 10),
      );
    }),
  );
});

it('changes when the order, the number or a claimed time changes', () => {
  fc.assert(
    fc.property(manifest, (entries) => {
      const digest = Buffer.from(manifestDigest(entries)).toString('hex');
      const [first, ...others] = entries;
      if (first === undefined) return;
      const variants: Manifest[] = [[{ ...first, claimedSigningTime: '2026-01-31T10:20:29Z' }, ...others]];
      if (others.length > 0) variants.push([...others, first], others);
      for (const variant of variants)
        expect(Buffer.from(manifestDigest(variant)).toString('hex')).not.toBe(digest);
    }),
  );
});
