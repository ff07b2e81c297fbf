import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOfHashFile } from './hash-file.ts';

const digest = createHash('sha256').update('a document').digest();
const attribute = Buffer.concat([Buffer.from('302f06092a864886f70d01090431220420', 'hex'), digest]);
const file = (messageDigest: string, more: object = {}) => JSON.stringify({ messageDigest, ...more });

describe('a part `hashfile`', () => {
  it('holds a digest, bare or as the attribute of CMS, with or without line breaks', () => {
    const expected = digest.toString('base64');
    for (const bytes of [digest, attribute]) {
      const text = bytes.toString('base64');
      expect(digestOfHashFile(file(text))).toBe(expected);
      expect(digestOfHashFile(file(text.replace(/(.{10})/g, '$1\r\n')))).toBe(expected);
    }
  });

  it.each(['sha256', 'SHA-256', 'SHA256withRSA'])('is of %s', (digestAlgorithm) => {
    const text = file(digest.toString('base64'), { digestAlgorithm, otherAuthAttributes: [] });
    expect(digestOfHashFile(text)).toBe(digest.toString('base64'));
  });

  it.each([
    ['of another algorithm', file(digest.toString('base64'), { digestAlgorithm: 'sha1' })],
    ['with attributes of its own', file(digest.toString('base64'), { otherAuthAttributes: [{}] })],
    ['without a digest', '{}'],
    ['that is no JSON', 'sha256:00'],
    ['one byte short', file(digest.subarray(1).toString('base64'))],
    ['that lost a character', file(digest.toString('base64').slice(1))],
    ['with another attribute', file(Buffer.from(attribute).fill(0, 3, 5).toString('base64'))],
    ['with something behind the attribute', file(Buffer.concat([attribute, digest]).toString('base64'))],
  ])('is refused %s', (_, text) => {
    expect(() => digestOfHashFile(text)).toThrow(expect.objectContaining({ httpStatus: 400 }));
  });

  it('is a digest of 32 bytes or refused, whatever a client sends', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.base64String().map((text) => file(text)),
        ),
        (text) => {
          try {
            expect(Buffer.from(digestOfHashFile(text), 'base64')).toHaveLength(32);
          } catch (error) {
            expect(error).toMatchObject({ httpStatus: 400 });
          }
        },
      ),
    );
  });
});
