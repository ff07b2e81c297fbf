import fc from 'fast-check';
import { expect, test } from 'vitest';
import { authorisationSchema } from './authorisation.ts';
import { documentNumberSchema } from './document-number.ts';
import { mobilePhoneSchema } from './phone-number.ts';
import { latinDigits, typedNumber, typedWholeNumber } from './typed-number.ts';

/** Every decimal digit of Unicode with the value that the runtime's own number formatting gives it. */
const SCRIPTS = [...new Set(Intl.supportedValuesOf('numberingSystem'))].flatMap((system) => {
  const format = new Intl.NumberFormat(`en-u-nu-${system}`, { useGrouping: false });
  const digits = Array.from({ length: 10 }, (_, value) => format.format(value));
  return digits.every((digit) => /^\p{Nd}$/u.test(digit)) ? [{ system, digits }] : [];
});

test('the runtime knows many scripts with digits of their own', () => {
  expect(SCRIPTS.length).toBeGreaterThan(50);
});

test.each(SCRIPTS)('the digits of $system are taken for what they are', ({ digits }) => {
  expect(latinDigits(digits.join(''))).toBe('0123456789');
});

test('what is no digit stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const noDigit = text.replace(/\p{Nd}/gu, '');
      expect(latinDigits(noDigit)).toBe(noDigit);
    }),
  );
});

test('every mark that people use divides whole numbers from fractions', () => {
  fc.assert(
    fc.property(
      fc.nat(9999),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom('.', ',', '٫', '．', '，'),
      fc.constantFrom(...SCRIPTS),
      (whole, tenths, mark, { digits }) => {
        const inScript = (number: number) =>
          [...String(number)].map((digit) => digits[Number(digit)]).join('');
        expect(typedNumber(` ${inScript(whole)}${mark}${inScript(tenths)} `)).toBeCloseTo(
          whole + tenths / 10,
        );
        expect(typedWholeNumber(inScript(whole))).toBe(whole);
        expect(typedWholeNumber(`${whole}${mark}${tenths}`)).toBeUndefined();
      },
    ),
  );
});

test.each(['', ' ', '.', ',', '1.2.3', '1,000.5', '-1', '1e3', '0x10', 'twelve', '½', '9'.repeat(40)])(
  '%j is no number',
  (text) => {
    expect(typedNumber(text)).toBeUndefined();
  },
);

test('phone, document number and code are taken in the digits of any script', () => {
  fc.assert(
    fc.property(fc.constantFrom(...SCRIPTS), ({ digits }) => {
      const inScript = (text: string) => text.replace(/\d/g, (digit) => digits[Number(digit)] ?? '');
      expect(mobilePhoneSchema.parse(inScript('+34600000001'))).toBe('+34600000001');
      expect(documentNumberSchema.parse(inScript('AB123456'))).toBe('AB123456');
      expect(authorisationSchema.parse({ type: 'otp', code: inScript('123456') })).toEqual({
        type: 'otp',
        code: '123456',
      });
    }),
  );
});
