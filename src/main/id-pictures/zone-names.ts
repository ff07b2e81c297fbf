import type { MachineReadable } from '../../contract/model/machine-readable-zone.ts';

type Names = Pick<MachineReadable, 'givenName' | 'surname1' | 'surname2'>;

/** Digits that letters are taken for: no name has any (ICAO 9303-3 §4.6). */
const AS_LETTER: Readonly<Record<string, string>> = { 0: 'O', 1: 'I', 2: 'Z', 5: 'S', 6: 'G', 8: 'B' };

/** Fillers that were taken for letters, at the end of a line that is full of them; no name consists of these. */
const FILLERS_AS_LETTERS = /(?:<(?:[KLC]+|[KLCSI]*[KLCS]{3}[KLCSI]*))+<*$/;

/**
 * The names of a field of them: the primary identifier, two fillers, the secondary, fillers (ICAO 9303-3 §4.6). Who
 * has one name only has no secondary. What follows two more fillers is none of the names: fillers that were read as
 * letters.
 * @param field as it stands in the zone
 */
export function namesIn(country: string, field: string): Names {
  const [primary = '', secondary = ''] = field
    .replaceAll(/\d/g, (digit) => AS_LETTER[digit] ?? digit)
    .replace(/^<+/, '')
    .split('<<')
    .map((names) => nameCased(`<${names}`.replace(FILLERS_AS_LETTERS, '')));
  const surnames = primary.split(' ');
  // Two words are the two surnames of a Spaniard; of more, the clerk knows which belong together.
  const [surname1, surname2] =
    country === 'ES' && surnames.length === 2 ? surnames : [surnames.join(' '), undefined];
  return {
    ...(secondary === '' ? {} : { givenName: secondary }),
    ...(surname1 ? { surname1 } : {}),
    ...(surname2 ? { surname2 } : {}),
  };
}

/** As names are written; accents are not in the zone, so the clerk adds them. */
const nameCased = (name: string): string =>
  name
    .replaceAll('<', ' ')
    .trim()
    .replaceAll(/ {2,}/g, ' ')
    .toLowerCase()
    .replaceAll(/(^|[ '-])\p{L}/gu, (start) => start.toUpperCase());
