/** Numbers as people type them: in the digits of their script, with the decimal mark that they are used to. */

const DECIMAL_DIGIT = /\p{Nd}/gu;

/**
 * The same text with the digits of every script as 0 to 9. Unicode puts the ten digits of a script next to each
 * other in the order of their values, and scripts without a gap follow each other by tens (Unicode 16, §4.6).
 */
export const latinDigits = (text: string): string =>
  text.replace(DECIMAL_DIGIT, (digit) => (digit <= '9' ? digit : String(digitValue(digit))));

function digitValue(digit: string): number {
  let before = 0;
  const isDigit = /^\p{Nd}$/u;
  for (let point = (digit.codePointAt(0) ?? 0) - 1; isDigit.test(String.fromCodePoint(point)); point--) {
    before += 1;
  }
  return before % 10;
}

/**
 * A number with at most one decimal mark: comma, full stop, or the Arabic mark. Nothing that is typed here needs
 * groups of thousands, so a mark is never taken for one: `12.5` and `12,5` are the same in every language.
 *
 * @returns undefined for what is no such number
 */
export function typedNumber(text: string): number | undefined {
  const written = latinDigits(text.normalize('NFKC'))
    .trim()
    .replace(/[,\u066B]/, '.');
  return /^(?:\d+\.?\d*|\.\d+)$/.test(written) && written.length <= MAX_CHARACTERS
    ? Number(written)
    : undefined;
}

const MAX_CHARACTERS = 15;

/** A whole number; undefined for what is none. */
export function typedWholeNumber(text: string): number | undefined {
  const number = typedNumber(text);
  return Number.isInteger(number) ? number : undefined;
}
