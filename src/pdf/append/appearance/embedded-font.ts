/** A TrueType font of which only the glyphs shown are embedded (ISO 32000-2 §9.7, §9.8). */
import { deflateSync } from 'node:zlib';
import type { Font, Subset } from 'fontkit';
import { OssError } from '../../../contract/errors.ts';
import type { PdfReference } from '../../syntax/values.ts';
import { type Syntax, writeArray, writeDictionary, writeName, writeReference } from '../../syntax/writer.ts';
import type { Revision } from '../revision.ts';
import { toUnicodeMap } from './to-unicode.ts';

/** Glyphs are given by number; the font program has its own encoding (table 121, Symbolic). */
const DESCRIPTOR_FLAGS = 4;
const STEM_WIDTH = 80;
const TAG_LENGTH = 6;

interface ShownGlyph {
  /** In the subset. */
  readonly id: number;
  readonly codePoint: number;
  /** In units of the font size. */
  readonly width: number;
}

export class EmbeddedFont {
  readonly #font: Font;
  readonly #subset: Subset;
  readonly #shown = new Map<number, ShownGlyph>();

  private constructor(font: Font) {
    this.#font = font;
    this.#subset = font.createSubset();
  }

  /** Throws OSS_PDF_TEXT_UNSUPPORTED where the bytes are no font. */
  static async open(bytes: Uint8Array): Promise<EmbeddedFont> {
    const { create } = await import('fontkit');
    try {
      const font = create(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      if ('createSubset' in font) return new EmbeddedFont(font);
    } catch (cause) {
      throw new OssError('OSS_PDF_TEXT_UNSUPPORTED', { reason: 'the typeface cannot be read' }, { cause });
    }
    throw new OssError('OSS_PDF_TEXT_UNSUPPORTED', { reason: 'a collection of typefaces' });
  }

  get ascent(): number {
    return this.#font.ascent / this.#font.unitsPerEm;
  }

  get descent(): number {
    return this.#font.descent / this.#font.unitsPerEm;
  }

  widthOf(text: string): number {
    let width = 0;
    for (const character of text) width += this.#advance(character);
    return width;
  }

  /** The operand of Tj: two bytes for each glyph (Identity-H). */
  show(text: string): Syntax {
    let digits = '';
    for (const character of text) digits += this.#glyph(character).id.toString(16).padStart(4, '0');
    return `<${digits}>`;
  }

  #advance(character: string): number {
    const codePoint = character.codePointAt(0) ?? 0;
    if (!this.#font.hasGlyphForCodePoint(codePoint)) {
      throw new OssError('OSS_PDF_TEXT_UNSUPPORTED', {
        codePoint: `U+${codePoint.toString(16).toUpperCase()}`,
      });
    }
    return this.#font.glyphForCodePoint(codePoint).advanceWidth / this.#font.unitsPerEm;
  }

  #glyph(character: string): ShownGlyph {
    const codePoint = character.codePointAt(0) ?? 0;
    const known = this.#shown.get(codePoint);
    if (known) return known;
    const width = this.#advance(character);
    // The glyph's number in the subset; the published types wrongly say that it is a boolean.
    const id = Number(this.#subset.includeGlyph(this.#font.glyphForCodePoint(codePoint)));
    const glyph = { id, codePoint, width };
    this.#shown.set(codePoint, glyph);
    return glyph;
  }

  /** Puts the font with the glyphs shown so far into the revision. */
  put(revision: Revision): PdfReference {
    const name = `${subsetTag(revision)}+${this.#font.postscriptName}`;
    const glyphs = [...this.#shown.values()].sort((a, b) => a.id - b.id);
    const font = revision.allocate();
    const toUnicode = revision.allocate();
    putCompressed(revision, toUnicode, [], Buffer.from(toUnicodeMap(glyphs), 'latin1'));
    revision.put(
      font,
      writeDictionary([
        ['Type', '/Font'],
        ['Subtype', '/Type0'],
        ['BaseFont', writeName(name)],
        ['Encoding', '/Identity-H'],
        ['DescendantFonts', writeArray([writeReference(this.#putDescendant(revision, name, glyphs))])],
        ['ToUnicode', writeReference(toUnicode)],
      ]),
    );
    return font;
  }

  #putDescendant(revision: Revision, name: string, glyphs: readonly ShownGlyph[]): PdfReference {
    const reference = revision.allocate();
    const systemInfo = writeDictionary([
      ['Registry', revision.textString(reference, 'Adobe')],
      ['Ordering', revision.textString(reference, 'Identity')],
      ['Supplement', '0'],
    ]);
    const widths = glyphs.map(({ id, width }) => `${id} [${Math.round(width * 1000)}]`);
    revision.put(
      reference,
      writeDictionary([
        ['Type', '/Font'],
        ['Subtype', '/CIDFontType2'],
        ['BaseFont', writeName(name)],
        ['CIDSystemInfo', systemInfo],
        ['CIDToGIDMap', '/Identity'],
        ['W', writeArray(widths)],
        ['FontDescriptor', writeReference(this.#putDescriptor(revision, name))],
      ]),
    );
    return reference;
  }

  #putDescriptor(revision: Revision, name: string): PdfReference {
    const { bbox, ascent, descent, capHeight, italicAngle, unitsPerEm } = this.#font;
    const perMille = (value: number): Syntax => String(Math.round((value * 1000) / unitsPerEm));
    const program = this.#subset.encode();
    const file = revision.allocate();
    putCompressed(revision, file, [['Length1', String(program.length)]], program);
    const descriptor = revision.allocate();
    revision.put(
      descriptor,
      writeDictionary([
        ['Type', '/FontDescriptor'],
        ['FontName', writeName(name)],
        ['Flags', String(DESCRIPTOR_FLAGS)],
        ['FontBBox', writeArray([bbox.minX, bbox.minY, bbox.maxX, bbox.maxY].map(perMille))],
        ['ItalicAngle', String(italicAngle)],
        ['Ascent', perMille(ascent)],
        ['Descent', perMille(descent)],
        ['CapHeight', perMille(capHeight)],
        ['StemV', String(STEM_WIDTH)],
        ['FontFile2', writeReference(file)],
      ]),
    );
    return descriptor;
  }
}

function putCompressed(
  revision: Revision,
  reference: PdfReference,
  entries: readonly [string, Syntax][],
  data: Uint8Array,
): void {
  revision.putStream(reference, new Map([...entries, ['Filter', '/FlateDecode']]), deflateSync(data));
}

/** Six capital letters tell subsets of one font apart (§9.9.2). */
const subsetTag = (revision: Revision): string =>
  Array.from(revision.randomBytes(TAG_LENGTH), (byte) => String.fromCharCode(0x41 + (byte % 26))).join('');
