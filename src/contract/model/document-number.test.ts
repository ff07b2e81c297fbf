import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentNumberKey, documentNumberSchema } from './document-number.ts';

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const number = fc.string({ unit: fc.constantFrom(...ALPHANUMERIC), minLength: 5, maxLength: 12 });
const between = fc.constantFrom(
  '',
  ' ',
  '-',
  '.',
  '/',
  '\u00a0',
  '\u202f',
  '\u3000',
  '\u2010',
  '\u2011',
  '\u2013',
  '\u2212',
  '\uff0d',
  '\u200b',
  '\u200d',
  '\u2060',
  '\ufeff',
  '\u00ad',
  '\u202e',
  '\ufe0f',
  '\u2044',
  '\uff0e',
  '\uff0f',
  '\t',
);
const fullWidth = (character: string): string =>
  String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0);

/** One number in a spelling of somebody's: case, full-width forms, signs and invisible characters in between. */
const spelling = (text: string) =>
  fc
    .tuple(
      ...[...text].map((character) =>
        fc.tuple(fc.constantFrom(character, character.toLowerCase(), fullWidth(character)), between),
      ),
    )
    .map((parts) => parts.flat().join(''));

describe('the number of an identity document', () => {
  it('has one key, however it is spelled', () => {
    fc.assert(
      fc.property(
        number.chain((text) => fc.tuple(fc.constant(text), spelling(text))),
        ([text, spelled]) => {
          const parsed = documentNumberSchema.safeParse(spelled);
          // Twelve characters with a sign after each are still within the 32 that a number may have.
          expect(parsed.error?.issues).toBeUndefined();
          expect(documentNumberKey(parsed.data ?? '')).toBe(text);
          expect(documentNumberKey(spelled)).toBe(text);
        },
      ),
    );
  });

  it('is kept as it is written on the document, in ordinary characters', () => {
    expect(documentNumberSchema.parse(' 12.345.678\u2011z ')).toBe('12.345.678-Z');
    expect(documentNumberSchema.parse('ＡＢ\u00a0１２３')).toBe('AB 123');
    expect(documentNumberSchema.parse('533\u200b401372')).toBe('533401372');
  });

  it.each([
    ['Cyrillic letters that look like Latin ones', 'АВ123456'],
    ['Greek ones', 'ΑΒ123456'],
    ['too few letters and digits', '1-.-2'],
    ['nothing to see', '\u200b\u200b\u200b\u200b'],
    ['too long a number', '1'.repeat(33)],
    ['a line break and a script', '<b>123</b>'],
  ])('is refused with %s', (_what, text) => {
    expect(documentNumberSchema.safeParse(text).success).toBe(false);
  });
});
