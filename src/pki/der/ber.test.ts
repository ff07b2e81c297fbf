import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseForeignSignedData, parseSignedData, verifyCms } from '../index.ts';
import { berLength, derFromBer } from './ber.ts';

const hex = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex');
const transcoded = (text: string): string => Buffer.from(derFromBer(hex(text))).toString('hex');

describe('BER becomes DER', () => {
  it.each([
    ['indefinite lengths', '3080 020105 0000', '3003020105'],
    ['one inside the other', '3080 a080 0500 0000 0000', '3004a0020500'],
    ['needless octets of a length', '308105 0282000105', '3003020105'],
    ['an octet string in pieces', '2480 0401aa 0402bbcc 0000', '0403aabbcc'],
    ['pieces of pieces', '2480 2403 0401aa 0401bb 0000', '0402aabb'],
    [
      'a length that needs two octets afterwards',
      `3080 0481c8${'55'.repeat(200)} 0000`,
      `3081cb0481c8${'55'.repeat(200)}`,
    ],
  ])('%s', (_, ber, der) => {
    expect(transcoded(ber)).toBe(der);
  });

  it.each([
    ['no end of contents', '3080 020105'],
    ['a primitive of indefinite length', '0480 aa 0000'],
    ['a bit string in pieces', '2303 030100'],
    ['other pieces in an octet string', '2403 020105'],
    ['bytes behind the value', '3003020105 00'],
    ['an element beyond its parent', '3003 020505'],
    ['a length of five octets', '308500000000010500'],
    ['nothing', ''],
  ])('not with %s', (_, ber) => {
    expect(() => transcoded(ber)).toThrow();
  });

  it.each(['3003020105', '3004a0020500', `3081cb0481c8${'55'.repeat(200)}`])('%s is DER and stays', (der) => {
    const bytes = hex(der);
    expect(derFromBer(bytes)).toBe(bytes);
  });

  it('is bounded in depth', () => {
    expect(() => transcoded('3080'.repeat(100) + '0000'.repeat(100))).toThrow('too deeply');
  });

  it('throws nothing but what it announces, and what it makes is stable', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          const der = derFromBer(bytes);
          expect(derFromBer(der)).toEqual(der);
        } catch (error) {
          expect(error).toMatchObject({ reason: 'malformed' });
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it('the length of a value is found, whatever follows it', () => {
    expect(berLength(hex('3080 020105 0000 0000'))).toBe(7);
    expect(berLength(hex('3003 020105 0000'))).toBe(5);
    expect(berLength(hex('3005 020105'))).toBeUndefined();
  });
});

describe('a signature that OpenSSL wrote with indefinite lengths', () => {
  const content = Buffer.from('the covered bytes');

  function signed(): Buffer {
    const folder = mkdtempSync(join(tmpdir(), 'ber-'));
    try {
      const [key, certificate, input] = ['key', 'certificate', 'content'].map((name) => join(folder, name));
      writeFileSync(input ?? '', content);
      const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=BER', '-days', '30'];
      execFileSync('openssl', [...request, '-keyout', key ?? '', '-out', certificate ?? ''], {
        stdio: 'pipe',
      });
      const sign = ['cms', '-sign', '-binary', '-cades', '-stream', '-md', 'sha256', '-outform', 'DER'];
      execFileSync('openssl', [
        ...[...sign, '-in', input ?? '', '-signer', certificate ?? ''],
        ...['-inkey', key ?? '', '-out', join(folder, 'cms')],
      ]);
      return readFileSync(join(folder, 'cms'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  it('verifies, and does not over other bytes', () => {
    const ber = signed();
    expect(ber.readUInt16BE(0)).toBe(0x3080);
    expect(() => parseSignedData(ber)).toThrow('indefinite');
    const data = parseForeignSignedData(ber);
    const digest = createHash('sha256').update(content).digest();
    expect(verifyCms(data, digest)).toMatchObject({ digestMatches: true, signatureValid: true });
    expect(verifyCms(data, createHash('sha256').digest())).toMatchObject({ digestMatches: false });
  });
});
