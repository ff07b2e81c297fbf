import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonFault, parseJsonText } from './json-text.ts';

const utf16 = (text: string, isBig: boolean): Buffer => {
  const bytes = Buffer.from(text, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
};

describe('a text of JSON', () => {
  const text = '{"name": "Núñez 漢 😀"}';
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 little-endian with a mark', utf16(`\ufeff${text}`, false)],
    ['UTF-16 big-endian with a mark', utf16(`\ufeff${text}`, true)],
    ['UTF-16 little-endian', utf16(text, false)],
    ['UTF-16 big-endian', utf16(text, true)],
  ])('is read in %s', (_name, bytes) => {
    expect(parseJsonText(bytes)).toEqual({ name: 'Núñez 漢 😀' });
  });

  it.each([
    ['', 1, 1],
    ['{\n  "a": 1,\n  "b" 2\n}', 3, 7],
    ['{"a": 1,}', 1, 9],
    ['{"a": 1\r\n"b": 2}', 2, 1],
    ["{'a': 1}", 1, 2],
    ['[1, 2', 1, 6],
    ['{"a": "x\ny"}', 1, 9],
    ['{"a": tru}', 1, 7],
    ['{"a": 01}', 1, 8],
    ['{} {}', 1, 4],
  ])('%j: the place of the mistake', (wrong, line, column) => {
    expect(() => parseJsonText(Buffer.from(wrong))).toThrow(expect.objectContaining({ line, column }));
  });

  it('nothing of it is repeated, as it may name a person', () => {
    expect(() => parseJsonText(Buffer.from('{"name": Lovelace}'))).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('Lovelace') }),
    );
  });

  it('bytes that are no text are named', () => {
    expect(() => parseJsonText(Uint8Array.of(0x7b, 0xc3, 0x28))).toThrow('not UTF-8 text');
  });

  it('whatever is cut off or put into it, the place lies inside, and never after a part that is JSON', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.string({ maxLength: 2 }), (json, at, added) => {
        const cut = at % (json.length + 1);
        const wrong = `${json.slice(0, cut)}${added}${at % 2 ? json.slice(cut) : ''}`;
        try {
          expect(parseJsonText(Buffer.from(wrong))).toEqual(JSON.parse(wrong));
        } catch (fault) {
          if (!(fault instanceof JsonFault)) throw fault;
          expect(fault.line).toBeGreaterThanOrEqual(1);
          expect(fault.column).toBeLessThanOrEqual(wrong.length + 1);
        }
      }),
    );
  });
});
