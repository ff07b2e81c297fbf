import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { memorySource, openPdf, planRepair } from '../index.ts';
import { plainPdf } from '../plain-pdf.fixture.ts';
import { rc4 } from '../read/encryption/rc4.ts';
import { hasTool, qpdfStatus, sign } from '../signing.fixture.ts';

/** Of the empty password (ISO 32000-1 §7.6.3.3, algorithm 2). */
const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');

/** Encrypted for everybody to open, with a key that depends on an identifier which the file does not have. */
function encryptedWithoutId(): Buffer {
  const owner = Buffer.alloc(32, 7);
  const permissions = Buffer.from('fcffffff', 'hex');
  const key = createHash('md5').update(PADDING).update(owner).update(permissions).digest().subarray(0, 5);
  const user = Buffer.from(rc4(key, PADDING)).toString('hex');
  const dictionary = `<</Filter /Standard /V 1 /R 2 /P -4 /O <${owner.toString('hex')}> /U <${user}>>>`;
  return plainPdf({ objects: [dictionary], trailer: '/Encrypt 4 0 R' });
}

/** As a program leaves it that counted wrongly. */
function withWrongStart(bytes: Buffer): Buffer {
  const at = bytes.lastIndexOf('startxref') + 'startxref\n'.length;
  return Buffer.concat([bytes.subarray(0, at), Buffer.from('9999\n%%EOF\n')]);
}

describe('an encrypted document without /ID', () => {
  it('still opens without a password after it was signed, twice', async () => {
    const once = await sign(encryptedWithoutId());
    const twice = await sign(once.bytes);
    for (const { bytes } of [once, twice]) {
      expect((await openPdf(memorySource(bytes))).encryption?.needsPassword).toBe(false);
      if (hasTool('qpdf')) expect(qpdfStatus(bytes)).toBe(0);
    }
  });

  it('still opens without a password after its cross-reference was repaired', async () => {
    const damaged = withWrongStart(encryptedWithoutId());
    const bytes = Buffer.concat([damaged, await planRepair(memorySource(damaged))]);
    expect((await openPdf(memorySource(bytes))).encryption?.needsPassword).toBe(false);
    if (hasTool('qpdf')) expect(qpdfStatus(bytes)).toBe(0);
  });
});
