import { z } from 'zod';
import { refusal } from './field-refusal.ts';
import { latinDigits } from './typed-number.ts';

/** Fewer letters and digits than that are a slip of the pen, not the number of a document. */
const FEWEST_CHARACTERS = 3;

/**
 * One way to write what people type and paste: full-width forms become ordinary ones (NFKC), the digits of other
 * scripts 0 to 9, dashes, spaces and slashes of every kind become `-`, ` ` and `/`, and what nobody can see is
 * dropped.
 */
const asWritten = (text: string): string =>
  latinDigits(text.normalize('NFKC'))
    .replace(/[\p{Cf}\p{Mn}]/gu, '')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/[\u2044\u2215]/gu, '/')
    .replace(/\s+/gu, ' ')
    .trim()
    .toUpperCase();

/** The letters and digits of the number alone: the same for every spelling of one number. */
export const documentNumberKey = (number: string): string => asWritten(number).replace(/[^A-Z0-9]/g, '');

/**
 * The number of an identity document, as it is printed in the contract. Letters of other scripts that look like
 * Latin ones are refused: travel documents are read in Latin letters (ICAO 9303-3 §6).
 */
export const documentNumberSchema = z
  .string()
  .max(256, refusal('documentNumber.tooLong'))
  .transform(asWritten)
  .pipe(
    z
      .string()
      .max(32, refusal('documentNumber.tooLong'))
      .refine(
        (number) => documentNumberKey(number).length >= FEWEST_CHARACTERS || /[^A-Z0-9./ -]/.test(number),
        refusal('documentNumber.missing'),
      )
      .regex(/^[A-Z0-9./ -]*$/, refusal('documentNumber.character')),
  );
