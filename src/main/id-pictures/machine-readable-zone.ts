import countries from 'i18n-iso-countries';
import { type ParseResult, parse } from 'mrz';
import type { MachineReadable } from '../../contract/model/machine-readable-zone.ts';
import { judgeNumber } from '../../contract/model/national-number.ts';

/** Characters of a line: cards of three lines, papers of two, passports (ICAO 9303 parts 5, 6 and 4). */
const FORMATS = Object.freeze([
  { lines: 3, length: 30 },
  { lines: 2, length: 36 },
  { lines: 2, length: 44 },
]);
/** Fillers at the end of a line are lost, or one more is seen. */
const SLACK = 3;

/** Letters that are taken for digits and the other way round, in the typeface of these lines. */
const CONFUSED: readonly (readonly [RegExp, string])[] = Object.freeze([
  [/O/g, '0'],
  [/0/g, 'O'],
]);

/** What lines that were read optically say, where their check digits are right. @param text as it was read */
export function readZone(text: string, today: Date): MachineReadable | undefined {
  const lines = text
    .toUpperCase()
    .split(/\r?\n/)
    .map((line) => line.replaceAll(/[^A-Z0-9<]/g, ''))
    .filter((line) => line.length >= 25 && line.includes('<'));
  for (const format of FORMATS) {
    for (let at = 0; at + format.lines <= lines.length; at += 1) {
      const zone = lines.slice(at, at + format.lines);
      const fits = zone.every((line) => Math.abs(line.length - format.length) <= SLACK);
      const found =
        fits && firstRight(zone.map((line) => line.padEnd(format.length, '<').slice(0, format.length)));
      if (found) return meaningOf(found, today);
    }
  }
  return undefined;
}

/** The check digits decide which reading of a number is the right one. */
function firstRight(zone: readonly string[]): ParseResult | undefined {
  for (const candidate of readingsOf(zone)) {
    try {
      const result = parse([...candidate], { autocorrect: true });
      if (isRight(result)) return result;
    } catch {
      // No document of this format: the next reading may be.
    }
  }
  return undefined;
}

/** As read; then with the number of the document in each of its likely readings. */
function readingsOf(zone: readonly string[]): string[][] {
  const isCard = zone.length === 3;
  const [row, from, to] = isCard ? [0, 5, 14] : [1, 0, 9];
  const line = zone[row] ?? '';
  const number = line.slice(from, to);
  const numbers = new Set([
    number,
    ...CONFUSED.map(([seen, meant]) => number.replace(seen, meant)),
    // Letters first, digits after: as most states number their documents.
    number.replace(
      /^([A-Z]{0,3})(.*)$/,
      (_, letters: string, rest: string) => letters + rest.replaceAll('O', '0'),
    ),
    ...[1, 2, 3].map((letters) => number.slice(0, letters) + number.slice(letters).replaceAll('O', '0')),
  ]);
  return [...numbers].map((one) =>
    zone.map((text, index) => (index === row ? text.slice(0, from) + one + text.slice(to) : text)),
  );
}

/** Number, birth and expiry each have a digit of their own; the one over all of them may be cut off. */
function isRight({ details }: ParseResult): boolean {
  const checks = ['documentNumberCheckDigit', 'birthDateCheckDigit', 'expirationDateCheckDigit'];
  return checks.every((name) => details.some(({ field, valid }) => field === name && valid));
}

function meaningOf({ fields }: ParseResult, today: Date): MachineReadable | undefined {
  const country = alpha2Of(fields.issuingState ?? '');
  const { documentNumber } = fields;
  if (country === undefined || !documentNumber) return undefined;
  const type = fields.documentCode?.startsWith('P') ? 'PAS' : 'IDC';
  const own = type === 'IDC' ? personalNumberOf(country, fields.optional1 ?? '') : undefined;
  return {
    ...namesOf(country, fields.firstName ?? '', fields.lastName ?? ''),
    idDocument: { type, country, number: own ?? documentNumber },
    expired: isPast(fields.expirationDate ?? '', today),
  };
}

/** On a Spanish card the number by which the person is known is the DNI or NIE, which stands beside that of the card. */
function personalNumberOf(country: string, optional: string): string | undefined {
  if (country !== 'ES') return undefined;
  const written = optional.replaceAll('<', '');
  const candidates = [
    written,
    written.replaceAll('O', '0'),
    written.slice(0, 1) + written.slice(1).replaceAll('O', '0'),
  ];
  return candidates.find(
    (number) => /^([XYZ]\d{7}|\d{8})[A-Z]$/.test(number) && !judgeNumber('IDC', 'ES', number),
  );
}

function namesOf(country: string, first: string, last: string) {
  const givenName = nameCased(first);
  const surnames = nameCased(last).split(' ');
  // Two words are the two surnames of a Spaniard; of more, the clerk knows which belong together.
  const [surname1, surname2] =
    country === 'ES' && surnames.length === 2 ? surnames : [surnames.join(' '), undefined];
  return {
    ...(givenName === '' ? {} : { givenName }),
    ...(surname1 ? { surname1 } : {}),
    ...(surname2 ? { surname2 } : {}),
  };
}

/** As names are written; accents are not in the zone, so the clerk adds them. */
const nameCased = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/(^|[ '-])\p{L}/gu, (start) => start.toUpperCase());

/** Germany writes D; British nationals who are not citizens have codes of their own (ICAO 9303-3 §5). */
function alpha2Of(state: string): string | undefined {
  const code = state.replaceAll('<', '');
  if (code === 'D') return 'DE';
  if (/^GB[DNOPS]$/.test(code)) return 'GB';
  return countries.alpha3ToAlpha2(code);
}

/** @param date as the zone has it: YYMMDD */
function isPast(date: string, today: Date): boolean {
  const [, year, month, day] = /^(\d{2})(\d{2})(\d{2})$/.exec(date) ?? [];
  if (year === undefined) return false;
  return Date.UTC(2000 + Number(year), Number(month) - 1, Number(day) + 1) <= today.getTime();
}
