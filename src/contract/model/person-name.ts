/** Names of people as they are written, and what is refused because nobody could read it as a name. */

/** Why a name is refused; `field-refusal.ts` makes a code of it. */
export const NAME_PROBLEMS = Object.freeze([
  'missing',
  'tooLong',
  'invisible',
  'noLetter',
  'character',
  'mixedScripts',
] as const);
export type NameProblem = (typeof NAME_PROBLEMS)[number];

/** Characters, not UTF-16 units: ub-common-name of RFC 5280 appendix A.1. */
export const MAX_NAME_CHARACTERS = 64;

/**
 * Behind an Arabic letter that joins nothing to its left a non-joiner changes nothing that is seen; people type it
 * all the same.
 */
const JOINER_WITHOUT_EFFECT =
  /(?<=[\u0622-\u0625\u0627\u0629\u062F-\u0632\u0648\u0671-\u0673\u0675-\u0677\u0688-\u0699\u06C0\u06C3-\u06CB\u06CD\u06CF\u06D2\u06D3\u06D5]\p{M}*)\u200C(?=\p{Script=Arabic})/gu;

/** Bounds the work on text from outside before it is looked at. */
const MAX_UNITS = 1024;

/**
 * One spelling for what looks the same: spaces of every width, hyphens and apostrophes of typography become those
 * of the keyboard; composed letters (NFC); no space at either end, one in between.
 */
export function normaliseName(text: string): string {
  if (text.length > MAX_UNITS) return text;
  return text
    .normalize('NFC')
    .replaceAll(/\p{White_Space}+/gu, ' ')
    .replaceAll(JOINER_WITHOUT_EFFECT, '')
    .replaceAll(/[\u2010-\u2015\u2043\u2212\uFE58\uFE63\uFF0D]/gu, '-')
    .replaceAll(/[\u02BC\u2018\u2019\u201B\u2032\u00B4`\uFF07]/gu, "'")
    .replaceAll(/^ | $/g, '');
}

/** @param name normalised */
export function problemOfName(name: string): NameProblem | undefined {
  if (name === '') return 'missing';
  if (name.length > MAX_UNITS || [...name].length > MAX_NAME_CHARACTERS) return 'tooLong';
  const seen = withoutJoiners(name);
  if (INVISIBLE.test(seen)) return 'invisible';
  if (!ALLOWED.test(seen) || ORPHANED_MARK.test(seen)) return 'character';
  if (!LETTER.test(seen)) return 'noLetter';
  return seen.split(BETWEEN_WORDS).some(mixesLookAlikes) ? 'mixedScripts' : undefined;
}

/**
 * Alphabets with letters that nobody can tell apart (UTS #39 §5.2): within one word they are never mixed by people
 * who write their own name. Words of two alphabets side by side are a name and its transcription.
 */
const LOOK_ALIKE_SCRIPTS = ['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Coptic', 'Cherokee', 'Lisu'].map(
  (script) => new RegExp(`\\p{Script=${script}}`, 'u'),
);
const BETWEEN_WORDS = /[^\p{L}\p{M}\p{N}]+/u;
const mixesLookAlikes = (word: string): boolean =>
  LOOK_ALIKE_SCRIPTS.filter((script) => script.test(word)).length > 1;

/**
 * What takes no place on paper: controls, formatting characters (overrides among them could make a name read
 * differently from what is certified), fillers, variation selectors, what is unassigned, the empty Braille cell.
 */
const INVISIBLE = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u;
const ALLOWED = /^[\p{L}\p{M}\p{N} .,'·‧•\-()/\u05F3\u05F4\u05BE\u30FB]+$/u;
/** A mark stands on a letter. */
const ORPHANED_MARK = /(?:^|[^\p{L}\p{M}\p{N}])\p{M}/u;
/** Modifier letters alone look like accents, apostrophes and strokes. */
const LETTER = /[\p{Lu}\p{Ll}\p{Lt}\p{Lo}]/u;

/**
 * Without the joiners that spelling asks for (RFC 5892 appendix A.1 and A.2): after a virama, before one (Bengali
 * and Kannada), and between letters of scripts that join.
 */
const withoutJoiners = (name: string): string =>
  name.replaceAll(JOINER_AT_VIRAMA, '').replaceAll(JOINER_BETWEEN_JOINING, '');

/** Signs that take the vowel away, of the scripts in which names hold joiners. */
const VIRAMA =
  '[\\u094D\\u09CD\\u0A4D\\u0ACD\\u0B4D\\u0BCD\\u0C4D\\u0CCD\\u0D3B\\u0D3C\\u0D4D\\u0DCA\\u1039\\u103A\\u17D2\\u1B44\\uA9C0]';
const JOINER_AT_VIRAMA = new RegExp(
  `(?<=${VIRAMA})[\\u200C\\u200D](?=\\p{L}|[ .-]|$)|(?<=\\p{L})\\u200D(?=${VIRAMA})`,
  'gu',
);
const JOINING =
  '[\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Nkoo}\\p{scx=Mong}\\p{scx=Mand}\\p{scx=Adlm}\\p{scx=Rohg}]';
const JOINER_BETWEEN_JOINING = new RegExp(
  `(?<=(?=${JOINING})\\p{L}\\p{M}*)[\\u200C\\u200D](?=(?=${JOINING})\\p{L})`,
  'gu',
);

export interface PersonNames {
  readonly givenName?: string | undefined;
  readonly surname1?: string | undefined;
  readonly surname2?: string | undefined;
}

const joined = (...names: readonly (string | undefined)[]): string =>
  names.filter((name) => name !== undefined && name !== '').join(' ');

/** Empty for a person who has one name only, a given name. */
export const surnameOf = ({ surname1, surname2 }: PersonNames): string => joined(surname1, surname2);

export const fullNameOf = (names: PersonNames): string => joined(names.givenName, surnameOf(names));

/**
 * The commonName of a certificate: the name in full or, where that is longer than ub-common-name allows, a shorter
 * form of it; givenName and surname hold all of it (EN 319 412-2 §4.2.4, RFC 5280 appendix A.1).
 */
export function commonNameOf(names: PersonNames): string {
  const { givenName, surname1, surname2 } = names;
  const [firstGiven] = givenName?.split(' ') ?? [];
  const forms = [
    fullNameOf(names),
    joined(givenName, surname1),
    joined(firstGiven, surname1),
    joined(surname1, surname2),
  ];
  const fitting = forms.find((form) => form !== '' && [...form].length <= MAX_NAME_CHARACTERS);
  return fitting ?? surname1 ?? givenName ?? '';
}
