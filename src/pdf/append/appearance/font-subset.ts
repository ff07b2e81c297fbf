/** A TrueType font of which only the glyphs shown are embedded (ISO 32000-2 §9.7, §9.8). */
import { deflateSync } from 'node:zlib';
import type { Subset } from 'fontkit';
import { encodeTextString } from '../../syntax/text-string.ts';
import type { PdfReference } from '../../syntax/values.ts';
import {
  type Syntax,
  writeArray,
  writeDictionary,
  writeName,
  writeNumber,
  writeReference,
  writeString,
} from '../../syntax/writer.ts';
import type { Revision } from '../revision.ts';
import { toUnicodeMap } from './to-unicode.ts';
import type { ShapedGlyph, Typeface } from './typeface.ts';

/** Glyphs are given by number; the font program has its own encoding (table 121, Symbolic). */
const DESCRIPTOR_FLAGS = 4;
const STEM_WIDTH = 80;
const TAG_LENGTH = 6;
/** A glyph that stands for no character of its own, such as the dots that a shaper sets apart. */
const NO_CHARACTER = '\u200B';

interface ShownGlyph {
  /** In the subset. */
  readonly id: number;
  readonly text: string;
  /** In units of the font size. */
  readonly width: number;
}

export class FontSubset {
  readonly #typeface: Typeface;
  readonly #subset: Subset;
  readonly #shown = new Map<number, ShownGlyph>();

  constructor(typeface: Typeface) {
    this.#typeface = typeface;
    this.#subset = typeface.font.createSubset();
  }

  /**
   * Operators that show glyphs at their places. Several glyphs for one character say what they stand for
   * (ISO 32000-2 §14.9.4): the parts of a letter that a shaper sets apart.
   */
  show(glyphs: readonly ShapedGlyph[], size: number): Syntax {
    let content = '';
    // How far the reader's pen, which knows the widths of the font only, is behind the shaper's.
    let behind = 0;
    for (const cluster of clustersOf(glyphs)) {
      let shown = '';
      for (const glyph of cluster) {
        const { id, width } = this.#include(glyph);
        const move = Math.round((behind + glyph.xOffset) * 1000);
        behind += glyph.advance - width - move / 1000;
        const string = `${move === 0 ? '' : writeNumber(-move)}<${id.toString(16).padStart(4, '0')}>`;
        shown +=
          glyph.yOffset === 0 ? string : `] TJ ${writeNumber(glyph.yOffset * size)} Ts [${string}] TJ 0 Ts [`;
      }
      content +=
        cluster.length > 1
          ? `] TJ\n/Span <</ActualText ${actualText(cluster)}>> BDC [${shown}] TJ EMC\n[`
          : shown;
    }
    return `[${content}] TJ\n`.replaceAll('[] TJ', '');
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

  /** Puts the font with the glyphs shown so far into the revision. */
  put(revision: Revision): PdfReference {
    const name = `${subsetTag(revision)}+${this.#typeface.font.postscriptName}`;
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
        ['FontDescriptor', writeReference(this.#putDescriptor(revision, name, glyphs))],
      ]),
    );
    return reference;
  }

  #putDescriptor(revision: Revision, name: string, glyphs: readonly ShownGlyph[]): PdfReference {
    const { bbox, ascent, descent, capHeight, italicAngle, unitsPerEm } = this.#typeface.font;
    const perMille = (value: number): Syntax => String(Math.round((value * 1000) / unitsPerEm));
    const program = this.#subset.encode();
    const file = revision.allocate();
    putCompressed(revision, file, [['Length1', String(program.length)]], program);
    const cidSet = revision.allocate();
    putCompressed(revision, cidSet, [], cidSetOf(program, glyphs));
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
        ['CIDSet', writeReference(cidSet)],
      ]),
    );
    return descriptor;
  }
}

/** Glyphs that stand together for the same characters. */
function clustersOf(glyphs: readonly ShapedGlyph[]): ShapedGlyph[][] {
  const clusters: ShapedGlyph[][] = [];
  for (const glyph of glyphs) {
    const last = clusters.at(-1);
    if (last && glyph.text === '') last.push(glyph);
    else clusters.push([glyph]);
  }
  return clusters;
}

const actualText = (cluster: readonly ShapedGlyph[]): Syntax =>
  writeString(encodeTextString(cluster.map(({ text }) => text).join('')));

/**
 * One bit for each glyph of the font program, the parts of composed ones included: ISO 19005-1 §6.3.5 asks for
 * it, ISO 19005-2 §6.2.11.4.2 for one that is complete.
 */
function cidSetOf(program: Uint8Array, glyphs: readonly ShownGlyph[]): Uint8Array {
  const count = glyphCountOf(program) ?? (glyphs.at(-1)?.id ?? 0) + 1;
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
