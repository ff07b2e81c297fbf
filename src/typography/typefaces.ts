/** The typefaces of everything that we print, each read when some text first needs it. */
import { OssError } from '../contract/errors.ts';
import { BIDI_CONTROL, charactersOf, isIgnorable } from './characters.ts';
import { scriptsOf } from './scripts.ts';
import { Typeface } from './typeface.ts';

type Source = () => Promise<Uint8Array>;

export interface Coverage {
  /** In the order in which they are asked. */
  readonly typefaces: readonly Typeface[];
  /** Characters, with their marks, that no typeface shows. */
  readonly missing: ReadonlySet<string>;
}

export class Typefaces {
  readonly #open: readonly (() => Promise<Typeface>)[];

  /** @param sources font files in the order in which they are asked for a character */
  constructor(sources: readonly Source[], further?: Typefaces) {
    this.#open = [...sources.map(openedOnce), ...(further ? further.#open : [])];
  }

  /**
   * The typefaces that together show every character with its marks.
   * @param field what the text is, for the refusal
   * @throws OssError OSS_PDF_TEXT_UNSUPPORTED with the first character that none of them has: `character`,
   *   `codePoint`, `script` (ISO 15924), `field`
   */
  async showing(text: string, field?: string): Promise<readonly Typeface[]> {
    const { typefaces, missing } = await this.covering(text);
    const [unknown] = missing;
    if (unknown !== undefined) throw unsupported(await this.#lacking(unknown), field);
    return typefaces;
  }

  /** What there is for a text, and what is missing. */
  async covering(text: string): Promise<Coverage> {
    const typefaces: Typeface[] = [];
    let missing = new Set(charactersOf(text).filter((character) => visibleIn(character).length > 0));
    for (const open of this.#open) {
      if (missing.size === 0) break;
      const typeface = await open();
      const left = new Set([...missing].filter((character) => !showsCharacter(typeface, character)));
      if (left.size < missing.size) typefaces.push(typeface);
      missing = left;
    }
    // A text of spaces or of nothing is set in the first one.
    const [first] = this.#open;
    if (typefaces.length === 0 && first) typefaces.push(await first());
    return { typefaces, missing };
  }

  /** Of a letter and its marks the one that is missing, where any typeface has the others. */
  async #lacking(character: string): Promise<string> {
    let lacking = visibleIn(character);
    for (const open of this.#open) {
      const typeface = await open();
      const absent = visibleIn(character).filter((point) => !typeface.shows(point));
      if (absent.length < lacking.length) lacking = absent;
    }
    return lacking[0] ?? character;
  }
}

/** Read when it is first needed, and again only where reading failed. */
function openedOnce(source: Source): () => Promise<Typeface> {
  let opened: Promise<Typeface> | undefined;
  return () => {
    if (opened) return opened;
    const opening = source().then((bytes) => Typeface.open(bytes));
    opened = opening;
    opening.catch(() => {
      opened = undefined;
    });
    return opening;
  };
}

/**
 * The text with every missing character replaced by its number: `[U+738B]`. For what has to be written no matter who made
 * it, such as the names of files in evidence.
 */
export const spellMissing = (text: string, missing: ReadonlySet<string>): string =>
  missing.size === 0
    ? text
    : charactersOf(text)
        .map((character) =>
          missing.has(character)
            ? [...character].map((point) => `[${codePointOf(point)}]`).join('')
            : character,
        )
        .join('');

/** The code points of a character that need a glyph. */
const visibleIn = (character: string): string[] =>
  [...character].filter((point) => !isIgnorable(point) && !BIDI_CONTROL.test(point));

export const showsCharacter = (typeface: Typeface, character: string): boolean =>
  visibleIn(character).every((point) => typeface.shows(point));

const codePointOf = (point: string): string =>
  `U+${(point.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

const scriptNames = new Intl.DisplayNames('en', { type: 'script' });

export function unsupported(character: string, field?: string): OssError {
  const [point = character] = character;
  const [script] = scriptsOf(point);
  const codePoint = codePointOf(point);
  const kind = script === undefined ? '' : `, script ${scriptNames.of(script) ?? script}`;
  return new OssError('OSS_PDF_TEXT_UNSUPPORTED', {
    character: point,
    codePoint,
    ...(script === undefined ? {} : { script }),
    ...(field === undefined ? {} : { field }),
    reason: `${field === undefined ? '' : `${field}: `}${point} ${codePoint}${kind}`,
  });
}
