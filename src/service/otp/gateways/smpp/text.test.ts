import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GSM_BASIC, GSM_EXTENDED } from '../../sms-length.ts';
import { receiptIn, referenceOf } from './receipt.ts';
import { encodeText } from './text.ts';

const GSM = [...GSM_BASIC.filter((character) => character !== '\u001b'), ...GSM_EXTENDED.keys()];

/** What a phone shows of the parts, by their alphabet. */
function shown(parts: ReturnType<typeof encodeText>): string {
  const extended = new Map([...GSM_EXTENDED].map(([character, code]) => [code, character]));
  return parts
    .map(({ message, dataCoding, esmClass }) => {
      const text = esmClass === 0x40 ? message.subarray(6) : message;
      if (dataCoding === 8) return Buffer.from(text).swap16().toString('utf16le');
      let characters = '';
      for (let at = 0; at < text.length; at++) {
        characters += text[at] === 0x1b ? extended.get(text[++at] as number) : GSM_BASIC[text[at] as number];
      }
      return characters;
    })
    .join('');
}

describe('the text of a message', () => {
  it('in the GSM alphabet arrives as it was written, in parts of 140 octets at most', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...GSM), maxLength: 600 }), (text) => {
        const parts = encodeText(text, 7);
        expect(shown(parts)).toBe(text);
        for (const { dataCoding, message, esmClass } of parts) {
          expect(dataCoding).toBe(0);
          // The header's six octets take the place of seven septets.
          expect(message.length).toBeLessThanOrEqual(esmClass === 0 ? 160 : 6 + 153);
        }
      }),
    );
  });

  it('beyond the GSM alphabet is UCS-2, with surrogates in one part', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const parts = encodeText(`ç${text}`, 7);
        expect(shown(parts)).toBe(`ç${text}`);
        for (const { dataCoding, message } of parts) {
          expect(dataCoding).toBe(8);
          expect(message.length).toBeLessThanOrEqual(140);
        }
      }),
    );
  });

  it.each([
    ['código', 8],
    ['señal €', 0],
    ['Ç', 0],
    ['ç', 8],
  ])('%s has data_coding %i, never Latin-1', (text, dataCoding) => {
    expect(encodeText(text, 1)[0]?.dataCoding).toBe(dataCoding);
  });
});

describe('a receipt', () => {
  const receipt = (text: string, parameters: readonly (readonly [number, Buffer])[] = []) => ({
    esmClass: 4,
    message: Buffer.from(text),
    parameters: new Map(parameters),
  });

  it.each([
    [
      'id:0A1f sub:001 dlvrd:001 submit date:2611301203 done date:2611301203 stat:DELIVRD err:000',
      '0A1f',
      'delivered',
    ],
    ['id:77 stat:UNDELIV err:012', '77', 'failed'],
    ['id:77 stat:EXPIRED', '77', 'failed'],
  ] as const)('%s', (text, id, state) => {
    expect(receiptIn(receipt(text), 'same')).toEqual({ reference: referenceOf(id), state });
  });

  it('is read from its parameters first, and from its text second', () => {
    const parameters = [
      [0x1e, Buffer.from('abc\0')],
      [0x427, Buffer.from([2])],
    ] as const;
    expect(receiptIn(receipt('id:other stat:UNDELIV', parameters), 'same')).toEqual({
      reference: 'abc',
      state: 'delivered',
    });
  });

  it('that says that the message is still under way is none; neither is a message from a phone', () => {
    expect(receiptIn(receipt('id:77 stat:ENROUTE'), 'same')).toBeUndefined();
    expect(receiptIn({ ...receipt('id:77 stat:DELIVRD'), esmClass: 0 }, 'same')).toBeUndefined();
  });

  it('names the message as the answer did, where the SMSC uses two notations', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 2n ** 62n), (id) => {
        const [hex, decimal] = [id.toString(16), id.toString()];
        const read = (text: string, ids: 'hexInAnswer' | 'decimalInAnswer') =>
          receiptIn(receipt(`id:${text} stat:DELIVRD`), ids)?.reference;
        expect(read(decimal, 'hexInAnswer')).toBe(hex);
        expect(read(hex.toUpperCase(), 'decimalInAnswer')).toBe(decimal);
        expect(referenceOf(`000${hex.toUpperCase()}`)).toBe(hex);
      }),
    );
  });
});
