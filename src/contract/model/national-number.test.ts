import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idDocumentSchema } from './identity.ts';
import { judgeNumber } from './national-number.ts';

const LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';

describe('check characters of national numbers', () => {
  it.each([
    ['DNI', 'PNO', 'ES', '12345678Z'],
    ['DNI as it is often written', 'TIN', 'ES', '12.345.678-z'],
    ['NIE', 'TIN', 'ES', 'X1234567L'],
    ['NIF of somebody without DNI', 'TIN', 'ES', 'K1234567L'],
    ['codice fiscale', 'TIN', 'IT', 'RSSMRA85T10A562S'],
    ['codice fiscale that two people would have had (omocodia)', 'PNO', 'IT', 'RSSMRA85T10A56NH'],
    ['provisional codice fiscale of digits', 'TIN', 'IT', '12345678903'],
    ['Portuguese NIF', 'TIN', 'PT', '123456789'],
    ['cartão de cidadão', 'IDC', 'PT', '00000000 0 ZZ4'],
    ['number of a Spanish card', 'IDC', 'ES', 'AAA000000'],
    ['Italian card', 'IDC', 'IT', 'CA00000AA'],
    ['passport, whatever it looks like', 'PAS', 'ES', '12345678A'],
    ['country without a rule here', 'TIN', 'DE', '12345678A'],
  ] as const)('take a %s', (_, type, country, number) => {
    expect(judgeNumber(type, country, number)).toBeUndefined();
    expect(idDocumentSchema.safeParse({ type, country, number }).success).toBe(true);
  });

  it.each([
    ['DNI', 'PNO', 'ES', '12345678A'],
    ['NIE', 'TIN', 'ES', 'X1234567A'],
    ['codice fiscale', 'TIN', 'IT', 'RSSMRA85T10A562T'],
    ['NIF (PT)', 'TIN', 'PT', '123456780'],
  ] as const)(
    'refuse a %s with a wrong one, where the person has it for life',
    (name, type, country, number) => {
      expect(judgeNumber(type, country, number)).toEqual({ judgement: 'refused', name });
      expect(idDocumentSchema.safeParse({ type, country, number }).error?.issues[0]?.path).toEqual([
        'number',
      ]);
    },
  );

  it.each([
    ['DNI', 'ES', '12345678A'],
    ['CC', 'PT', '000000000ZZ5'],
  ] as const)('only doubt a card that says a %s with a wrong one', (name, country, number) => {
    expect(judgeNumber('IDC', country, number)).toEqual({ judgement: 'doubtful', name });
    expect(idDocumentSchema.safeParse({ type: 'IDC', country, number }).success).toBe(true);
  });

  it('find every slip of one digit in a DNI', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999_999 }),
        fc.integer({ min: 0, max: 7 }),
        fc.integer({ min: 1, max: 9 }),
        (value, at, shift) => {
          const digits = String(value).padStart(8, '0');
          const letter = LETTERS[value % 23];
          expect(judgeNumber('PNO', 'ES', digits + letter)).toBeUndefined();
          const slip = String((Number(digits[at]) + shift) % 10);
          const slipped = digits.slice(0, at) + slip + digits.slice(at + 1);
          expect(judgeNumber('PNO', 'ES', slipped + letter)?.judgement).toBe('refused');
        },
      ),
    );
  });
});
