/** A font of which only the glyphs shown are embedded (ISO 32000-2 §9.7, §9.8), for the writer of the objects. */
import { createHash } from 'node:crypto';
import type { Subset } from 'fontkit';
import { toUnicodeMap } from './to-unicode.ts';
import type { ShapedGlyph, Typeface } from './typeface.ts';

/** A glyph that stands for no character of its own, such as the dots that a shaper sets apart. */
const NO_CHARACTER = '\u200B';
const TAG_LENGTH = 6;

interface ShownGlyph {
  /** In the subset. */
  readonly id: number;
  readonly text: string;
  /** In units of the font size. */
  readonly width: number;
}

/** What the dictionaries of a Type 0 font say; lengths in thousandths of the font size. */
export interface EmbeddedFont {
  /** /BaseFont and /FontName: six letters tell subsets of one font apart (§9.9.2). */
  readonly name: string;
  /** `truetype`: /FontFile2 and CIDFontType2. `cff`: /FontFile3 with /Subtype /CIDFontType0C and CIDFontType0. */
  readonly format: 'truetype' | 'cff';
  readonly program: Uint8Array;
  readonly widths: readonly { readonly id: number; readonly width: number }[];
  /** The stream of /ToUnicode. */
  readonly toUnicode: string;
  /** The stream of /CIDSet. */
  readonly cidSet: Uint8Array;
  readonly boundingBox: readonly number[];
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  readonly italicAngle: number;
}

/** Numbers that we made ourselves: at most four decimals, never an exponent (ISO 32000-2 §7.3.3). */
export const contentNumber = (value: number): string => String(Number(value.toFixed(4)));

/** A subset that was encoded before, for documents that show nothing beyond it. */
export interface PreparedSubset {
  readonly shown: ReadonlyMap<number, ShownGlyph>;
  readonly encoded: EmbeddedFont;
}

export class FontSubset {
  readonly #typeface: Typeface;
  readonly #prepared: PreparedSubset | undefined;
  readonly #shown: Map<number, ShownGlyph>;
  #made: Subset | undefined;

  /** @param prepared of the same typeface; its glyphs are embedded whether they are shown or not */
  constructor(typeface: Typeface, prepared?: PreparedSubset) {
    this.#typeface = typeface;
    this.#prepared = prepared;
    this.#shown = new Map(prepared?.shown);
  }

  /** Made when the first glyph is shown that was not prepared; the prepared ones keep their numbers. */
  get #subset(): Subset {
    if (this.#made !== undefined) return this.#made;
    const subset = this.#typeface.font.createSubset();
    this.#made = subset;
    for (const id of this.#shown.keys()) subset.includeGlyph(this.#typeface.font.getGlyph(id));
    return subset;
  }

  get isAsPrepared(): boolean {
    return this.#prepared !== undefined && this.#made === undefined;
  }

  /** For other documents, with the glyphs shown so far. */
  prepare(): PreparedSubset {
    return { shown: new Map(this.#shown), encoded: this.encode() };
  }

  /**
   * Operators of a content stream, in ASCII, that show glyphs at their places. What a reader could not tell from
   * the glyphs alone says what it stands for (ISO 32000-2 §14.9.4): the parts of a letter that a shaper sets apart,
   * and a glyph that has stood for something else before. From right to left each code point says so by itself, the
   * marks to the left of their letter: readers turn such a text round, and would turn a letter with its marks too.
   */
  show(glyphs: readonly ShapedGlyph[], size: number, isRightToLeft: boolean): string {
    let content = '';
    // How far the reader's pen, which knows the widths of the font only, is behind the shaper's.
    let behind = 0;
    const show = ({ id, width }: ShownGlyph, glyph: ShapedGlyph): string => {
      const move = Math.round((behind + glyph.xOffset) * 1000);
      behind += glyph.advance - width - move / 1000;
      const string = `${move === 0 ? '' : contentNumber(-move)}<${id.toString(16).padStart(4, '0')}>`;
      return glyph.yOffset === 0
        ? string
        : `] TJ ${contentNumber(glyph.yOffset * size)} Ts [${string}] TJ 0 Ts [`;
    };
    const spanned = (text: string, parts: readonly ShapedGlyph[]): string => {
      const shown = this.#edged(parts).map((glyph) => show(this.#include(glyph), glyph));
      return `] TJ\n/Span <</ActualText <feff${utf16(text)}>>> BDC [${shown.join('')}] TJ EMC\n[`;
    };
    for (const parts of partsOfCharacters(glyphs)) {
      const [first] = parts;
      if (!first) continue;
      const known = this.#include(first);
      const [letter = '', ...marks] = isRightToLeft ? first.character : [first.character];
      for (const mark of marks.reverse()) content += spanned(mark, [this.#blank()]);
      content += parts.length === 1 && known.text === letter ? show(known, first) : spanned(letter, parts);
    }
    return `[${content}] TJ\n`.replaceAll('[] TJ', '');
  }

  /**
   * Readers take the place of such a text from its first and its last glyph. Where one of them is a mark, which
   * stands over the letter, a glyph that shows nothing stands for the edge: otherwise a gap is read as a space.
   */
  #edged(parts: readonly ShapedGlyph[]): ShapedGlyph[] {
    const edge = this.#blank();
    const end = { ...edge, xOffset: -this.#typeface.advanceOf(edge.id) };
    const isAtEdge = ({ xOffset, advance }: ShapedGlyph): boolean => xOffset === 0 && advance > 0;
    const [first, last] = [parts[0], parts.at(-1)];
    return [
      ...(first && !isAtEdge(first) ? [edge] : []),
      ...parts,
      ...(last && !isAtEdge(last) ? [end] : []),
    ];
  }

  /** Operators for a character that orders the text and shows nothing. */
  showMark(mark: string, size: number): string {
    return this.show([{ ...this.#blank(), character: mark }], size, false);
  }

  #blank(): ShapedGlyph {
    const id = this.#typeface.blank;
    return { id, text: '', start: 0, character: '', advance: 0, xOffset: 0, yOffset: 0 };
  }

  #include({ id, text }: ShapedGlyph): ShownGlyph {
    const known = this.#shown.get(id);
    if (known && (known.text !== NO_CHARACTER || text === '')) return known;
    // The glyph's number in the subset; the published types wrongly say that it is a boolean.
    const subsetId = Number(this.#subset.includeGlyph(this.#typeface.font.getGlyph(id)));
    const glyph = { id: subsetId, text: text || NO_CHARACTER, width: this.#typeface.advanceOf(id) };
    this.#shown.set(id, glyph);
    return glyph;
  }

  /** The font with the glyphs shown so far. */
  encode(): EmbeddedFont {
    if (this.#prepared !== undefined && this.isAsPrepared) return this.#prepared.encoded;
    const { font } = this.#typeface;
    const perMille = (value: number): number => Math.round((value * 1000) / font.unitsPerEm);
    const glyphs = [...this.#shown.values()].sort((a, b) => a.id - b.id);
    const program = this.#subset.encode();
    const format = 'cff' in this.#subset ? 'cff' : 'truetype';
    const { minX, minY, maxX, maxY } = font.bbox;
    const count = (format === 'truetype' ? glyphCountOf(program) : undefined) ?? (glyphs.at(-1)?.id ?? 0) + 1;
    return {
      name: `${subsetTag(program)}+${font.postscriptName}`,
      format,
      program,
      widths: glyphs.map(({ id, width }) => ({ id, width: Math.round(width * 1000) })),
      toUnicode: toUnicodeMap(glyphs),
      cidSet: cidSetOf(count),
      boundingBox: [minX, minY, maxX, maxY].map(perMille),
      ascent: perMille(font.ascent),
      descent: perMille(font.descent),
      capHeight: perMille(font.capHeight),
      italicAngle: font.italicAngle,
    };
  }
}

/** The glyphs of each character, which follow one another whatever their direction. */
function partsOfCharacters(glyphs: readonly ShapedGlyph[]): ShapedGlyph[][] {
  const characters: ShapedGlyph[][] = [];
  for (const glyph of glyphs) {
    const last = characters.at(-1);
    if (last && last[0]?.start === glyph.start) last.push(glyph);
    else characters.push([glyph]);
  }
  return characters;
}

/** By its contents, so that the same subset has the same name. */
const subsetTag = (program: Uint8Array): string =>
  Array.from(createHash('sha256').update(program).digest().subarray(0, TAG_LENGTH), (byte) =>
    String.fromCharCode(0x41 + (byte % 26)),
  ).join('');

const utf16 = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex');

/**
 * One bit for each glyph of the font program, the parts of composed ones included: ISO 19005-1 §6.3.5 asks for
 * it, ISO 19005-2 §6.2.11.4.2 for one that is complete.
 */
function cidSetOf(count: number): Uint8Array {
  const bits = Buffer.alloc(Math.ceil(count / 8));
  for (let id = 0; id < count; id += 1) bits[id >> 3] = (bits[id >> 3] ?? 0) | (0x80 >> (id & 7));
  return bits;
}

/** `numGlyphs` of the table `maxp` (OpenType 1.9). */
function glyphCountOf(program: Uint8Array): number | undefined {
  const font = Buffer.from(program.buffer, program.byteOffset, program.byteLength);
  const tables = font.readUInt16BE(4);
  for (let table = 0; table < tables; table += 1) {
    const record = 12 + table * 16;
    if (font.toString('latin1', record, record + 4) === 'maxp')
      return font.readUInt16BE(font.readUInt32BE(record + 8) + 4);
  }
  return undefined;
}
