/** One font: what it shows, and how its characters are shaped. */
import type { Font } from 'fontkit';
import type { Font as Shaper } from 'harfbuzzjs';
import { OssError } from '../contract/errors.ts';

/** A glyph where shaping puts it; lengths in units of the font size. */
export interface ShapedGlyph {
  /** In the font; 0 is the glyph for what the font does not have. */
  readonly id: number;
  /** The characters that it stands for; empty where an earlier glyph of the same cluster stands for them. */
  readonly text: string;
  readonly advance: number;
  readonly xOffset: number;
  readonly yOffset: number;
}

type HarfBuzz = typeof import('harfbuzzjs');

export class Typeface {
  readonly font: Font;
  readonly #harfBuzz: HarfBuzz;
  readonly #shaper: Shaper;
  readonly #shown = new Map<string, boolean>();

  private constructor(font: Font, harfBuzz: HarfBuzz, shaper: Shaper) {
    this.font = font;
    this.#harfBuzz = harfBuzz;
    this.#shaper = shaper;
  }

  /**
   * TrueType or OpenType; of a collection its first typeface.
   * @throws OssError OSS_PDF_TEXT_UNSUPPORTED where the bytes are no font
   */
  static async open(bytes: Uint8Array): Promise<Typeface> {
    const [{ create }, harfBuzz] = await Promise.all([import('fontkit'), import('harfbuzzjs')]);
    try {
      const opened = create(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      const font = 'fonts' in opened ? opened.fonts[0] : opened;
      if (font !== undefined && 'createSubset' in font) {
        const face = new harfBuzz.Face(new harfBuzz.Blob(bytes), 0);
        return new Typeface(font, harfBuzz, new harfBuzz.Font(face));
      }
    } catch (cause) {
      throw new OssError('OSS_PDF_TEXT_UNSUPPORTED', { reason: 'the typeface cannot be read' }, { cause });
    }
    throw new OssError('OSS_PDF_TEXT_UNSUPPORTED', { reason: 'a collection without a typeface' });
  }

  get ascent(): number {
    return this.font.ascent / this.font.unitsPerEm;
  }

  /** Negative. */
  get descent(): number {
    return this.font.descent / this.font.unitsPerEm;
  }

  /** Whether it has a glyph for one code point, or for the letter and the marks that it is made of. */
  shows(codePoint: string): boolean {
    const known = this.#shown.get(codePoint);
    if (known !== undefined) return known;
    const parts = [...codePoint.normalize('NFD')];
    const shows =
      this.#has(codePoint) || (parts.join('') !== codePoint && parts.every((part) => this.#has(part)));
    this.#shown.set(codePoint, shows);
    return shows;
  }

  #has(codePoint: string): boolean {
    return this.font.hasGlyphForCodePoint(codePoint.codePointAt(0) ?? 0);
  }

  /** In units of the font size. */
  advanceOf(glyph: number): number {
    return this.font.getGlyph(glyph).advanceWidth / this.font.unitsPerEm;
  }

  /**
   * Glyphs from left to right, whatever the direction of the text.
   * @param script of the whole text, as ISO 15924 says it: each has shaping rules of its own
   */
  shape(text: string, script: string, isRightToLeft: boolean): readonly ShapedGlyph[] {
    const buffer = new this.#harfBuzz.Buffer();
    buffer.addText(text);
    buffer.setScript(script);
    buffer.setDirection(isRightToLeft ? this.#harfBuzz.Direction.RTL : this.#harfBuzz.Direction.LTR);
    this.#harfBuzz.shape(this.#shaper, buffer);
    const glyphs = buffer.getGlyphInfosAndPositions();
    const starts = [...new Set(glyphs.map(({ cluster }) => cluster))].sort((a, b) => a - b);
    const ends = new Map(starts.map((start, index) => [start, starts[index + 1] ?? text.length]));
    const told = new Set<number>();
    const inEm = (length = 0): number => length / this.font.unitsPerEm;
    return glyphs.map(({ codepoint, cluster, xAdvance, xOffset, yOffset }) => {
      const isFirst = !told.has(cluster);
      told.add(cluster);
      return {
        id: codepoint,
        text: isFirst ? text.slice(cluster, ends.get(cluster)) : '',
        advance: inEm(xAdvance),
        xOffset: inEm(xOffset),
        yOffset: inEm(yOffset),
      };
    });
  }
}
