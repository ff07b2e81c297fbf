/** One font: what it shows, and how its characters are shaped. */
import type { Font } from 'fontkit';
import type { Font as Shaper } from 'harfbuzzjs';
import { OssError } from '../contract/errors.ts';
import { charactersOf } from './characters.ts';

/** A glyph where shaping puts it; lengths in units of the font size. */
export interface ShapedGlyph {
  /** In the font; 0 is the glyph for what the font does not have. */
  readonly id: number;
  /** What it stands for by itself; empty where another glyph of the same cluster stands for it. */
  readonly text: string;
  /** The character, or ligature of several, that it is a part of: its offset in the run, and its text. */
  readonly start: number;
  readonly character: string;
  readonly advance: number;
  readonly xOffset: number;
  readonly yOffset: number;
}

type HarfBuzz = typeof import('harfbuzzjs');

/** Zero-width space and joiners, then spaces. */
const BLANKS = [0x200b, 0x200c, 0x200d, 0xa0, 0x20];

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

  /** A glyph that shows nothing, of no width where the font has one. */
  get blank(): number {
    const known = BLANKS.find((point) => this.font.hasGlyphForCodePoint(point));
    return known === undefined ? 0 : this.font.glyphForCodePoint(known).id;
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
    // Letter and mark are told apart, as far as the shaper does.
    buffer.setClusterLevel(this.#harfBuzz.ClusterLevel.MONOTONE_CHARACTERS);
    buffer.setScript(script);
    buffer.setDirection(isRightToLeft ? this.#harfBuzz.Direction.RTL : this.#harfBuzz.Direction.LTR);
    this.#harfBuzz.shape(this.#shaper, buffer);
    const glyphs = buffer.getGlyphInfosAndPositions();
    const ends = endsOf(
      glyphs.map(({ cluster }) => cluster),
      text.length,
    );
    const characters = charactersIn(text, ends);
    const told = new Set<number>();
    const inEm = (length = 0): number => length / this.font.unitsPerEm;
    return glyphs.map(({ codepoint, cluster, xAdvance, xOffset, yOffset }) => {
      const isFirst = !told.has(cluster);
      told.add(cluster);
      const start = characters.findLast((offset) => offset <= cluster) ?? 0;
      const next = characters.find((offset) => offset > cluster);
      return {
        id: codepoint,
        text: isFirst ? text.slice(cluster, ends.get(cluster)) : '',
        start,
        character: text.slice(start, next),
        advance: inEm(xAdvance),
        xOffset: inEm(xOffset),
        yOffset: inEm(yOffset),
      };
    });
  }
}

/** Where each cluster ends, by where it starts. */
function endsOf(clusters: readonly number[], length: number): Map<number, number> {
  const starts = [...new Set(clusters)].sort((a, b) => a - b);
  return new Map(starts.map((start, index) => [start, starts[index + 1] ?? length]));
}

/** Offsets of the characters that the shaper did not join to the one before. */
function charactersIn(text: string, clusters: ReadonlyMap<number, number>): number[] {
  const offsets: number[] = [];
  let offset = 0;
  for (const character of charactersOf(text)) {
    if (offset === 0 || clusters.has(offset)) offsets.push(offset);
    offset += character.length;
  }
  return offsets;
}
