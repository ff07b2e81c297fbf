/** Texts that stand in many documents: set and embedded once for all of them. */
import { charactersOf } from '../typography/characters.ts';
import type { PreparedSubset } from '../typography/font-subset.ts';
import { UsedFonts } from '../typography/set-text.ts';
import { isRightToLeft, shapeLine, type TextLine } from '../typography/text-line.ts';
import type { Typeface } from '../typography/typeface.ts';
import { showsCharacter } from '../typography/typefaces.ts';

/** Lines and words of our own, far fewer than that; what is beyond it is shaped each time. */
const MAX_REMEMBERED = 20_000;

/**
 * What is known beforehand of one weight. Only what is made of words of the common texts is remembered: nothing of
 * any person is, not even which letters their names have.
 */
export class CommonTexts {
  readonly #typeface: Typeface;
  readonly #words: ReadonlySet<string>;
  readonly #lines = new Map<string, TextLine>();
  readonly #wrapped = new Map<string, readonly string[]>();
  readonly #shown = new Map<string, string>();
  readonly prepared: ReadonlyMap<Typeface, PreparedSubset>;

  /**
   * @param typeface asked first for every character
   * @param repertoire characters that other texts are likely to have
   */
  constructor(typeface: Typeface, texts: readonly string[], repertoire: string) {
    this.#typeface = typeface;
    const words = texts.flatMap((text) => text.split(/ +/));
    this.#words = new Set(words.filter((word) => this.#isShownByFirst(word)));
    const fonts = new UsedFonts();
    // The space is in no word, and yet in every line.
    for (const character of ` ${repertoire}`) {
      if (typeface.shows(character)) fonts.show(this.#shape(character), { x: 0, y: 0, size: 1 });
    }
    for (const word of this.#words) fonts.show(this.#shape(word), { x: 0, y: 0, size: 1 });
    this.prepared = fonts.prepare();
  }

  /** Whether the first typeface alone shows it, and it names nobody. */
  includes(text: string): boolean {
    return this.#lines.has(text) || text.split(' ').every((word) => this.#words.has(word));
  }

  /** As it is set wherever it stands; undefined for any other text. */
  line(text: string): TextLine | undefined {
    const known = this.#lines.get(text);
    if (known !== undefined || !this.includes(text)) return known;
    const line = this.#shape(text);
    if (this.#lines.size < MAX_REMEMBERED) this.#lines.set(text, line);
    return line;
  }

  /** The lines of a text, each as wide as `width` sizes of the font at most; `wrap` breaks what is not known. */
  wrapped(text: string, width: number, wrap: () => readonly string[]): readonly string[] {
    return this.#remembered(this.#wrapped, text, `${width} ${text}`, wrap);
  }

  /** The operators that show a text; `place` says everything else that they depend on. */
  shown(text: string, place: string, show: () => string, isLasting: () => boolean): string {
    return this.#remembered(this.#shown, text, `${place} ${text}`, show, isLasting);
  }

  #remembered<T>(
    values: Map<string, T>,
    text: string,
    key: string,
    make: () => T,
    isLasting = () => true,
  ): T {
    const known = values.get(key);
    if (known !== undefined) return known;
    const value = make();
    if (values.size < MAX_REMEMBERED && this.includes(text) && isLasting()) values.set(key, value);
    return value;
  }

  #shape(text: string): TextLine {
    return shapeLine(text, [this.#typeface], isRightToLeft(text));
  }

  #isShownByFirst(text: string): boolean {
    return charactersOf(text).every((character) => showsCharacter(this.#typeface, character));
  }
}
