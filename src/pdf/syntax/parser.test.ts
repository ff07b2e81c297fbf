import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EndOfWindow, SyntaxParser } from './parser.ts';
import { entryOf, type PdfItem, rawBytes } from './values.ts';
import { writeHexString, writeName, writeString } from './writer.ts';

const parse = (text: string, isFinal = true): PdfItem =>
  new SyntaxParser({ bytes: Buffer.from(text, 'latin1'), fileOffset: 0 }, 0, isFinal).parseItem();

const literal = (bytes: Uint8Array): string =>
  `(${[...bytes].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')})`;

describe('syntax parser', () => {
  it('keeps the spelling of a number', () => {
    const { value } = parse('<</MediaBox [0 0 595.303937007874 +841.8900]>>');
    const box = value.kind === 'dictionary' ? value.entries.get('MediaBox') : undefined;
    expect(box && Buffer.from(rawBytes(box)).toString()).toBe('[0 0 595.303937007874 +841.8900]');
  });

  it('tells references from numbers', () => {
    const { value } = parse('[1 0 R 2 3 4 0 R 5]');
    const kinds = value.kind === 'array' ? value.items.map((item) => item.value.kind) : [];
    expect(kinds).toEqual(['reference', 'number', 'number', 'reference', 'number']);
  });

  it.each([
    ['(a\\(b\\)\\\r\nc)', 'a(b)c'],
    ['(nested (parens) stay)', 'nested (parens) stay'],
    ['(\\101\\7\\n\r\n)', 'A\x07\n\n'],
    ['<48 65 6C6c 7>', 'Hellp'],
  ])('reads the string %j', (syntax, text) => {
    expect(parse(syntax).value).toEqual({
      kind: 'string',
      bytes: Uint8Array.from(Buffer.from(text, 'latin1')),
    });
  });

  it('reads back every string in each form', () => {
    const printable = fc
      .string({ maxLength: 80 })
      .map((text) => Uint8Array.from(Buffer.from(text, 'latin1')));
    const strings = fc.oneof(fc.uint8Array({ maxLength: 80 }), printable);
    fc.assert(
      fc.property(strings, (bytes) => {
        for (const syntax of [literal(bytes), writeHexString(bytes), writeString(bytes)]) {
          const { value } = parse(syntax);
          expect(value.kind === 'string' && Buffer.from(value.bytes).equals(Buffer.from(bytes))).toBe(true);
        }
      }),
    );
  });

  it('reads back every name', () => {
    const names = fc.array(fc.integer({ min: 1, max: 255 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(names, (codes) => {
        const name = String.fromCharCode(...codes);
        expect(parse(writeName(name)).value).toEqual({ kind: 'name', value: name });
      }),
    );
  });

  it('asks for a larger window wherever an object is cut', () => {
    const text = '<</A (x\\)y) /B [1 0 R <beef> /N true null] /C <</D -.5>>>> ';
    const length = text.trimEnd().length;
    for (let cut = 0; cut < length; cut += 1) {
      expect(() => parse(text.slice(0, cut), false), `cut at ${cut}`).toThrow(EndOfWindow);
    }
    expect(entryOf(parse(text, false).value as never, 'A').kind).toBe('string');
  });

  it('refuses nesting that would exhaust the stack', () => {
    expect(() => parse('['.repeat(100_000))).toThrow(expect.objectContaining({ code: 'OSS_PDF_LIMIT' }));
  });

  it.each(['<</A', '(never closed', '[1 2', '<</A 1 2>>', 'endobj', '<zz>'])('refuses %j', (text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'OSS_PDF_MALFORMED' }));
  });
});
