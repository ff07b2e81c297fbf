import { describe, expect, it } from 'vitest';
import { hashSecret, NOBODY_HASH, verifySecret } from './secret-hash.ts';

const QUICK = { N: 2 ** 10, r: 8, p: 1 };

describe('the hash of a secret', () => {
  it('is verified by the secret, however the keyboard composes it, and by no other', async () => {
    const stored = await hashSecret('caf\u00e9', QUICK);
    expect(await verifySecret('cafe\u0301', stored)).toBe(true);
    expect(await verifySecret('cafe', stored)).toBe(false);
    expect(await hashSecret('caf\u00e9', QUICK)).not.toBe(stored);
  });

  it('is read in the format that stations wrote before, with the cost that it names', async () => {
    // scrypt('correct horse', 16 zero bytes, N = 1024, r = 8, p = 1), made with Python's hashlib.
    const stored = 'scrypt$1024$AAAAAAAAAAAAAAAAAAAAAA==$6T3EPrWlvRG/y8+HDJ+XRLH2SiAP9RFvuF7ZslX9Uhw=';
    expect(await verifySecret('correct horse', stored)).toBe(true);
    expect(await verifySecret('wrong horse', stored)).toBe(false);
  });

  it('of nobody is matched by nothing, and a text that is no hash neither', async () => {
    expect(await verifySecret('', NOBODY_HASH)).toBe(false);
    for (const text of ['', 'plain', 'bcrypt$1$2$3', 'scrypt$1024']) {
      expect(await verifySecret('plain', text)).toBe(false);
    }
  });
});
