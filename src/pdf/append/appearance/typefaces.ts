/** The typefaces of visible signatures, each read when some text first needs it. */
import { OssError } from '../../../contract/errors.ts';
import { Typeface } from './typeface.ts';

export class Typefaces {
  readonly #sources: readonly (() => Promise<Uint8Array>)[];
  readonly #opened = new Map<number, Promise<Typeface>>();

  /** TrueType files in the order in which they are asked for a character. */
  constructor(sources: readonly (() => Promise<Uint8Array>)[]) {
    this.#sources = sources;
  }

  /**
   * The typefaces that together show every character.
   * @throws OssError OSS_PDF_TEXT_UNSUPPORTED names the first character that none of them has, and its script
   */
  async showing(text: string): Promise<readonly Typeface[]> {
    const needed: Typeface[] = [];
    let open = new Set([...text].filter((character) => !isIgnorable(character)));
    for (let index = 0; index < this.#sources.length && open.size > 0; index += 1) {
      const typeface = await this.#at(index);
      const missing = new Set([...open].filter((character) => !typeface.shows(character)));
      if (missing.size < open.size) needed.push(typeface);
      open = missing;
    }
    const [unknown] = open;
    if (unknown !== undefined) throw unsupported(unknown);
    return needed;
  }

  #at(index: number): Promise<Typeface> {
    const known = this.#opened.get(index);
    if (known) return known;
    const source = this.#sources[index];
    if (!source) throw new OssError('OSS_INTERNAL');
    const opened = source().then((bytes) => Typeface.open(bytes));
    this.#opened.set(index, opened);
    opened.catch(() => this.#opened.delete(index));
    return opened;
  }
}

/** Joiners and variation selectors shape their neighbours and need no glyph of their own. */
export const isIgnorable = (character: string): boolean =>
  /^\p{Default_Ignorable_Code_Point}$/u.test(character);

/** Scripts that names are written in and that no shipped typeface has, by name for the message. */
const SCRIPTS = ['Han', 'Hiragana', 'Katakana', 'Hangul', 'Devanagari', 'Bengali', 'Tamil', 'Khmer'] as const;

function unsupported(character: string): OssError {
  const script = SCRIPTS.find((name) => new RegExp(`\\p{Script=${name}}`, 'u').test(character));
  const codePoint = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return new OssError('OSS_PDF_TEXT_UNSUPPORTED', { codePoint, ...(script === undefined ? {} : { script }) });
}
