/** What the letters of a zone may mean: a typeface for machines has its look-alikes too. */

/** Letters that digits are taken for. */
const AS_DIGIT: Readonly<Record<string, string>> = Object.freeze({
  O: '0',
  Q: '0',
  D: '0',
  I: '1',
  L: '1',
  Z: '2',
  S: '5',
  G: '6',
  B: '8',
});
const digitsOf = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => AS_DIGIT[letter] ?? letter);

/** Letters that a filler is taken for, between others. */
const FILLERS_AS_LETTERS = /(?<=<)[KLC]+(?=<|$)/g;

interface Span {
  readonly row: number;
  readonly from: number;
  readonly to: number;
  readonly readings: (text: string) => readonly string[];
}

/** Number of the document: in the first line of a card, in the second of everything else. */
const CARD_NUMBER: Span = { row: 0, from: 5, to: 14, readings: numbers };
const NUMBER: Span = { row: 1, from: 0, to: 9, readings: numbers };
/** Behind it a card has what its state likes to add; a Spanish one the DNI or NIE. */
const CARD_ADDITION: Span = { row: 0, from: 15, to: 30, readings: additions };

/**
 * A zone as it was read, then in its other likely readings; check digits tell which of them is right.
 * @param zone lines of the length of its format
 */
export function* readingsOf(zone: readonly string[]): Generator<string[]> {
  const spans = zone.length === 3 ? [CARD_NUMBER, CARD_ADDITION] : [NUMBER];
  let readings: (readonly string[])[] = [zone];
  for (const span of spans) readings = readings.flatMap((reading) => variants(reading, span));
  yield* readings.map((reading) => [...reading]);
}

function variants(zone: readonly string[], { row, from, to, readings }: Span): string[][] {
  const line = zone[row] ?? '';
  const distinct = new Set(readings(line.slice(from, to)));
  return [...distinct].map((text) =>
    zone.map((other, index) => (index === row ? line.slice(0, from) + text + line.slice(to) : other)),
  );
}

/** Letters first, digits after, as most states number their documents. */
function numbers(text: string): readonly string[] {
  const lettersFirst = [0, 1, 2, 3].map((count) => text.slice(0, count) + digitsOf(text.slice(count)));
  return [text, ...lettersFirst];
}

function additions(text: string): readonly string[] {
  const clean = text.replaceAll(FILLERS_AS_LETTERS, (letters) => '<'.repeat(letters.length));
  const [, first = '', digits = '', letter = '', rest = ''] =
    /^([A-Z0-9])([A-Z0-9]{7})([A-Z])(<*)$/.exec(clean) ?? [];
  const personal =
    digits === '' ? [] : [first, digitsOf(first)].map((start) => start + digitsOf(digits) + letter + rest);
  return [text, clean, ...personal];
}
