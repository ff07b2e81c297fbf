/**
 * Text from outside (names, fields of a PDF, file names, certificates) as it may be shown. What moves a cursor, turns
 * the reading direction round, begins a line or cannot be seen at all is shown by its number, `\u{202e}`, so that
 * nobody can forge what stands beside it (Unicode TR #36 §2, "Trojan Source" CVE-2021-42574). Everything else stays
 * as it is, whatever the script.
 */

/** Letters and marks that join or not depending on an invisible joiner between them: it is part of the spelling. */
const JOINING =
  '(?:(?=[\\p{L}\\p{M}])[\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Mong}\\p{scx=Nkoo}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}' +
  '\\p{scx=Gujr}\\p{scx=Orya}\\p{scx=Taml}\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Sinh}\\p{scx=Mymr}' +
  '\\p{scx=Khmr}\\p{scx=Tibt}])';

/** Signs that end a consonant without its vowel; a joiner after one chooses the form (RFC 5892 Appendix A.1, A.2). */
const VIRAMA =
  '[\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d3b\\u0d3c\\u0d4d\\u0dca\\u0f84\\u1039\\u103a\\u17d2]';

/** Invisible, and yet how something is written: joiners, and variants of the character before. */
const SPELLING = [
  `(?<=${VIRAMA})[\\u200c\\u200d]`,
  `(?<=${JOINING})[\\u200c\\u200d](?=${JOINING})`,
  '(?<=\\p{sc=Han})[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]',
  '(?<=\\p{sc=Mong})[\\u180b-\\u180d\\u180f]',
  '(?<=\\p{Extended_Pictographic})\\ufe0f',
  '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])\\u200d(?=\\p{Extended_Pictographic})',
].join('|');

/** Format characters that are seen: Arabic number and abbreviation signs (Prepended_Concatenation_Mark). */
const SEEN = '[\\u0600-\\u0605\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u{110bd}\\u{110cd}]';

/** Control, format, line and unpaired; ignored by every typeface; never a character; blank but no space. */
const HIDDEN =
  '[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}\\u2800]';

const UNSEEN = new RegExp(`(?:${SPELLING}|${SEEN})|(${HIDDEN})`, 'gu');

/** What every program can be given as it is; most text is of this kind. */
const PLAIN = /^[ -~\u00a1-\u00ac\u00ae-\u0233]*$/;

const numberOf = (character: string): string => (character.codePointAt(0) ?? 0).toString(16);

/** One line: also line breaks and tabs in it are shown by their number. What was shown once is shown the same again. */
export const shownText = (text: string): string =>
  PLAIN.test(text)
    ? text
    : text.replace(UNSEEN, (whole, hidden?: string) =>
        hidden === undefined ? whole : `\\u{${numberOf(hidden)}}`,
      );

/** Several lines that are known to be lines: each is shown by itself, so that what is in one cannot make another. */
export const shownLines = (lines: readonly string[]): string => lines.map(shownText).join('\n');

/** What JSON may carry inside its strings and a terminal would obey. */
const HIDDEN_UNIT = new RegExp(HIDDEN, 'gu');

/**
 * JSON that says the same to every reader and shows no such character to a person: they are escaped as JSON itself
 * does (RFC 8259 §7). @param json a text of JSON, in which such characters stand in strings only
 */
export const shownJson = (json: string): string =>
  json.replace(HIDDEN_UNIT, (character) => (character === '\n' ? character : escapedUnits(character)));

const escapedUnits = (character: string): string =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

/** Letters that are read from right to left (Bidi_Class R and AL): among others they move what stands beside them. */
const RIGHT_TO_LEFT =
  /[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Samr}\p{sc=Mand}\u07c0-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

export const hasRightToLeft = (text: string): boolean => !PLAIN.test(text) && RIGHT_TO_LEFT.test(text);
