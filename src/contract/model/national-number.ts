/**
 * Check characters of numbers that states give to people. A number that a state gives to each person for life is refused
 * where its check character is wrong; the number of a card is not always that number, so there it is a warning.
 */
import type { IdDocumentType } from './id-document-type.ts';

/** What a number is called, and whether it is one with its check character. */
interface NationalNumber {
  readonly name: 'DNI' | 'NIE' | 'NIF' | 'codice fiscale' | 'NIF (PT)' | 'CC';
  readonly isRight: boolean;
}

const LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';

/** Spain, Real Decreto 1553/2005 and Orden INT/2058/2008: the rest of a division by 23 names the letter. */
const hasSpanishLetter = (digits: string, letter: string): boolean => LETTERS[Number(digits) % 23] === letter;

/** K, L and M before seven digits: people without DNI or NIE (Orden EHA/451/2008). */
function spanish(text: string): NationalNumber | undefined {
  const dni = /^(\d{8})([A-Z])$/.exec(text);
  if (dni) return { name: 'DNI', isRight: hasSpanishLetter(dni[1] ?? '', dni[2] ?? '') };
  const nie = /^([XYZ])(\d{7})([A-Z])$/.exec(text);
  if (nie) {
    const digits = `${'XYZ'.indexOf(nie[1] ?? '')}${nie[2]}`;
    return { name: 'NIE', isRight: hasSpanishLetter(digits, nie[3] ?? '') };
  }
  const nif = /^[KLM](\d{7})([A-Z])$/.exec(text);
  // Either the letter of a DNI or, on older ones, that of a company: only the shape is judged.
  return nif ? { name: 'NIF', isRight: true } : undefined;
}

/** What letters and digits at odd places count (Decreto MEF 23 December 1976, table of the odd characters). */
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
const OMOCODIA = 'LMNPQRSTUV';

/** Digits that were replaced by letters, because two people would have the same code, count as those letters. */
function italian(text: string): NationalNumber | undefined {
  const shape = new RegExp(
    `^[A-Z]{6}[\\d${OMOCODIA}]{2}[ABCDEHLMPRST][\\d${OMOCODIA}]{2}[A-Z][\\d${OMOCODIA}]{3}[A-Z]$`,
  );
  if (!shape.test(text)) return undefined;
  const sum = [...text.slice(0, 15)].reduce((total, character, index) => {
    const value = /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65;
    return total + (index % 2 === 0 ? (ODD[value] ?? 0) : value);
  }, 0);
  return { name: 'codice fiscale', isRight: String.fromCharCode(65 + (sum % 26)) === text[15] };
}

/** Portugal, Decreto-Lei 14/2013: nine digits, the last from a weighted sum modulo 11. */
function portugueseTax(text: string): NationalNumber | undefined {
  if (!/^[1-35689]\d{8}$/.test(text)) return undefined;
  const sum = [...text.slice(0, 8)].reduce((total, digit, index) => total + Number(digit) * (9 - index), 0);
  const rest = 11 - (sum % 11);
  return { name: 'NIF (PT)', isRight: Number(text[8]) === (rest > 9 ? 0 : rest) };
}

/** Cartão de cidadão: eight digits, a check digit, two letters and a check digit over all (Luhn over base 36). */
function portugueseCard(text: string): NationalNumber | undefined {
  if (!/^\d{9}[A-Z0-9]{2}\d$/.test(text)) return undefined;
  const sum = [...text].reverse().reduce((total, character, index) => {
    const value = Number.parseInt(character, 36);
    const doubled = index % 2 === 1 ? value * 2 : value;
    return total + (index % 2 === 1 && doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return { name: 'CC', isRight: sum % 10 === 0 };
}

type Reader = (text: string) => NationalNumber | undefined;

/** Numbers that each type of document of a country carries, and the types under which nothing else is taken. */
const READERS: Readonly<
  Record<string, { readonly card: Reader; readonly person: Reader; readonly tax: Reader }>
> = Object.freeze({
  ES: { card: spanish, person: spanish, tax: spanish },
  IT: { card: () => undefined, person: italian, tax: italian },
  PT: { card: portugueseCard, person: portugueseTax, tax: portugueseTax },
});

/** `refused`: such a number cannot exist. `doubtful`: look at the document again. */
export type NumberJudgement = { readonly judgement: 'refused' | 'doubtful'; readonly name: string };

/**
 * Judges the number of an identity document by its check characters. Undefined where they are right, or the country is
 * not known here, or the document's own number has none.
 */
export function judgeNumber(
  type: IdDocumentType,
  country: string,
  number: string,
): NumberJudgement | undefined {
  const readers = READERS[country];
  const text = number.toUpperCase().replace(/[^A-Z0-9]/g, '');
  if (!readers || type === 'PAS') return undefined;
  const read = { IDC: readers.card, PNO: readers.person, TIN: readers.tax }[type](text);
  if (!read || read.isRight) return undefined;
  return { judgement: type === 'IDC' ? 'doubtful' : 'refused', name: read.name };
}
