import countries from 'i18n-iso-countries';
import { type ParseResult, parse } from 'mrz';
import type { MachineReadable } from '../../contract/model/machine-readable-zone.ts';
import { judgeNumber } from '../../contract/model/national-number.ts';
import { likelyLines, ZONE_FORMATS, zonesOf } from './zone-lines.ts';
import { namesIn } from './zone-names.ts';
import { readingsOf } from './zone-readings.ts';

/** What lines that were read optically say, where their check digits are right. @param text as it was read */
export const readZone = (text: string, today: Date): MachineReadable | undefined =>
  new ZoneCollector(today).add(text);

/**
 * Several looks at the same picture: one look may read one line right, and another the other. Check digits tell which
 * lines belong together.
 */
export class ZoneCollector {
  readonly #today: Date;
  /** Of each format the different readings of each line, in the order in which they were seen. */
  readonly #seen = ZONE_FORMATS.map(({ lines }) => Array.from({ length: lines }, () => new Set<string>()));

  constructor(today: Date) {
    this.#today = today;
  }

  /** @param text as it was read this time @returns what all looks together say, once that is right */
  add(text: string): MachineReadable | undefined {
    const lines = likelyLines(text);
    for (const [index, format] of ZONE_FORMATS.entries()) {
      const rows = this.#seen[index] ?? [];
      for (const zone of zonesOf(lines, format))
        for (const [row, line] of zone.entries()) rows[row]?.add(line);
      for (const zone of combined(rows, format.names)) {
        const found = firstRight(zone);
        const meaning = found && meaningOf(found, this.#today);
        if (meaning) return meaning;
      }
    }
    return undefined;
  }
}

/** Every choice of one reading a line; of the names, which no digit checks, that with the most fillers left. */
const combined = (rows: readonly ReadonlySet<string>[], names: number): string[][] =>
  rows.reduce<string[][]>(
    (zones, readings, row) => {
      const choices = row === names ? [...readings].sort(byFillers).slice(0, 1) : [...readings];
      return zones.flatMap((zone) => choices.map((line) => [...zone, line]));
    },
    [[]],
  );
const byFillers = (a: string, b: string): number => b.split('<').length - a.split('<').length;

interface Found {
  readonly lines: readonly string[];
  readonly result: ParseResult;
}

/** The check digits decide which reading of a number is the right one. */
function firstRight(zone: readonly string[]): Found | undefined {
  for (const lines of readingsOf(zone)) {
    try {
      const found = { lines, result: parse(lines, { autocorrect: true }) };
      if (isRight(found)) return found;
    } catch {
      // No document of this format: the next reading may be.
    }
  }
  return undefined;
}

/** Those that a format has of them have to be right: a French card of before 2021 says nothing of its expiry. */
const OVER_ALL = 'compositeCheckDigit';
const OF_DATES = ['birthDateCheckDigit', 'expirationDateCheckDigit'];
const CHECKS = ['documentNumberCheckDigit', ...OF_DATES, OVER_ALL];
/** YYMMDD. */
const DATE_LENGTH = 6;

/** Number, birth and expiry have a digit each, and one is over all of them: a slip that one misses, another sees. */
function isRight({ result: { details }, lines }: Found): boolean {
  const checks = details.filter(({ field }) => field !== null && CHECKS.includes(field));
  return (
    checks.some(({ field }) => field === OVER_ALL) &&
    checks.every(({ field, valid, value, line, start }) => {
      // A date that a document does not have needs no digit (ICAO 9303-3 §4.9).
      const date = (lines[line] ?? '').slice(start - DATE_LENGTH, start);
      return valid || (OF_DATES.includes(field ?? '') && value === '<' && /^<+$/.test(date));
    })
  );
}

function meaningOf({ result, lines }: Found, today: Date): MachineReadable | undefined {
  const { fields, documentNumber } = result;
  const country = alpha2Of(fields.issuingState ?? '');
  if (country === undefined || !documentNumber) return undefined;
  const type = fields.documentCode?.startsWith('P') ? 'PAS' : 'IDC';
  const addition = (fields.optional1 ?? '').replaceAll('<', '');
  const isSpanishCard = country === 'ES' && type === 'IDC' && addition !== '';
  if (isSpanishCard && !isPersonalNumber(addition)) return undefined;
  return {
    ...namesIn(country, nameField(result.format, lines)),
    idDocument: { type, country, number: isSpanishCard ? addition : documentNumber },
    expired: isPast(fields.expirationDate ?? '', today),
  };
}

/** Where the names stand; a French card of two lines has them in two places. */
function nameField(
  format: ParseResult['format'],
  [first = '', second = '', third = '']: readonly string[],
): string {
  if (format === 'TD1') return third;
  if (format !== 'FRENCH_NATIONAL_ID') return first.slice(5);
  // Its given names stand between two fillers each, as surname and given names do elsewhere.
  return `${first.slice(5, 30).replace(/<+$/, '')}<<${second.slice(13, 27).replaceAll('<<', '<')}`;
}

/** On a Spanish card the number by which the person is known is the DNI or NIE, which stands beside that of the card. */
const isPersonalNumber = (number: string): boolean =>
  /^([XYZ]\d{7}|\d{8})[A-Z]$/.test(number) && !judgeNumber('IDC', 'ES', number);

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
