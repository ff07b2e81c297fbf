import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PkiError } from '../errors.ts';
import { DerReader, decodeOid, readOnly, readSequence } from './reader.ts';
import { TAG } from './tags.ts';
import { generalizedTime, integer, namedBits, octetString, oid, sequence, setOf, time } from './writer.ts';

const hex = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex');
const reasonOf = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    return error instanceof PkiError ? error.reason : `unexpected ${String(error)}`;
  }
  return 'accepted';
};

describe('what is written can be read', () => {
  test('integers of any size, with a sign octet only when it is needed', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 200n }), (value) => {
        expect(new DerReader(integer(value)).integer()).toBe(value);
      }),
    );
    expect(integer(0x80)).toEqual(Buffer.from('02020080', 'hex'));
    expect(integer(Uint8Array.of(0, 0, 0x7f))).toEqual(Buffer.from('02017f', 'hex'));
  });

  test('octet strings across the one, two and three byte forms of the length', () => {
    for (const size of [0, 127, 128, 255, 256, 65_535, 65_536]) {
      const content = new Uint8Array(size).fill(7);
      expect(readOnly(octetString(content), TAG.octetString).content).toEqual(Buffer.from(content));
    }
  });

  test('object identifiers', () => {
    for (const dotted of [
      '1.2.840.113549.1.7.2',
      '2.5.29.32',
      '0.4.0.194121.2.1',
      '2.999.3',
      '1.3.6.1.4.1.32473.1',
    ]) {
      expect(new DerReader(oid(dotted)).oid()).toBe(dotted);
    }
  });

  test('times: UTCTime to 2049, GeneralizedTime from 2050, milliseconds dropped', () => {
    const last = new Date('2049-12-31T23:59:59.999Z');
    expect(time(last)[0]).toBe(TAG.utcTime);
    expect(new DerReader(time(last)).time()).toEqual(new Date('2049-12-31T23:59:59Z'));
    const first = new Date('2050-01-01T00:00:00Z');
    expect(time(first)[0]).toBe(TAG.generalizedTime);
    expect(new DerReader(time(first)).time()).toEqual(first);
    expect(Buffer.from(generalizedTime(last)).toString('latin1')).toContain('20491231235959Z');
  });

  test('SET OF is ordered, whatever order it is given in', () => {
    const members = [octetString(Uint8Array.of(9)), integer(1), sequence(), integer(300)];
    expect(setOf(...members)).toEqual(setOf(...members.toReversed()));
  });

  test('named bits drop trailing zeros', () => {
    expect(namedBits([1])).toEqual(Buffer.from('03020640', 'hex'));
    expect(namedBits([25])).toEqual(Buffer.from('03050600000040', 'hex'));
  });
});

describe('only DER is read', () => {
  test.each([
    ['indefinite length', '3080 0000'],
    ['length not minimal', '308103 020101'],
    ['length with leading zero', '30820003 020101'],
    ['length beyond the end', '3005 020101'],
    ['length of five octets', '30850000000001 00'],
    ['bytes after the element', '3000 00'],
    ['tag of several bytes', '3f8101 00'],
    ['nothing', ''],
  ])('%s is malformed', (_, text) => {
    expect(reasonOf(() => readSequence(hex(text)))).toBe('malformed');
  });

  test.each([
    ['integer with needless zero', () => new DerReader(hex('02020001')).integer()],
    ['empty integer', () => new DerReader(hex('0200')).integer()],
    ['boolean that is 1', () => new DerReader(hex('010101')).booleanDefaultFalse()],
    ['default written out', () => new DerReader(hex('010100')).booleanDefaultFalse()],
    ['31 February', () => new DerReader(hex('170d3236303233313030303030305a')).time()],
    ['time without seconds', () => new DerReader(hex('170b323630323031303030305a')).time()],
    ['object identifier cut off', () => decodeOid(hex('2a86'))],
    ['object identifier with leading 80', () => decodeOid(hex('2a8001'))],
    ['bit string with unused bits', () => new DerReader(hex('03020780')).bitString()],
  ])('%s is malformed', (_, read) => {
    expect(reasonOf(read)).toBe('malformed');
  });
});
