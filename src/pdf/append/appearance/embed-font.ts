/** A subset of a font as objects of a revision (ISO 32000-2 §9.7, §9.8). */
import { deflateSync } from 'node:zlib';
import type { EmbeddedFont } from '../../../typography/font-subset.ts';
import type { PdfReference } from '../../syntax/values.ts';
import {
  type Syntax,
  writeArray,
  writeDictionary,
  writeName,
  writeNumber,
  writeReference,
} from '../../syntax/writer.ts';
import type { Revision } from '../revision.ts';

/** Glyphs are given by number; the font program has its own encoding (table 121, Symbolic). */
const DESCRIPTOR_FLAGS = 4;
const STEM_WIDTH = 80;

export function embedFont(revision: Revision, embedded: EmbeddedFont): PdfReference {
  const font = revision.allocate();
  const toUnicode = revision.allocate();
  putCompressed(revision, toUnicode, [], Buffer.from(embedded.toUnicode, 'latin1'));
  revision.put(
    font,
    writeDictionary([
      ['Type', '/Font'],
      ['Subtype', '/Type0'],
      ['BaseFont', writeName(embedded.name)],
      ['Encoding', '/Identity-H'],
      ['DescendantFonts', writeArray([writeReference(putDescendant(revision, embedded))])],
      ['ToUnicode', writeReference(toUnicode)],
    ]),
  );
  return font;
}

function putDescendant(revision: Revision, embedded: EmbeddedFont): PdfReference {
  const reference = revision.allocate();
  const systemInfo = writeDictionary([
    ['Registry', revision.textString(reference, 'Adobe')],
    ['Ordering', revision.textString(reference, 'Identity')],
    ['Supplement', '0'],
  ]);
  const isTrueType = embedded.format === 'truetype';
  revision.put(
    reference,
    writeDictionary([
      ['Type', '/Font'],
      ['Subtype', isTrueType ? '/CIDFontType2' : '/CIDFontType0'],
      ['BaseFont', writeName(embedded.name)],
      ['CIDSystemInfo', systemInfo],
      ...(isTrueType ? ([['CIDToGIDMap', '/Identity']] as const) : []),
      ['W', writeArray(embedded.widths.map(({ id, width }) => `${id} [${width}]`))],
      ['FontDescriptor', writeReference(putDescriptor(revision, embedded))],
    ]),
  );
  return reference;
}

function putDescriptor(revision: Revision, embedded: EmbeddedFont): PdfReference {
  const { format, program } = embedded;
  const file = revision.allocate();
  const fileEntries: [string, Syntax][] =
    format === 'truetype' ? [['Length1', String(program.length)]] : [['Subtype', '/CIDFontType0C']];
  putCompressed(revision, file, fileEntries, program);
  const cidSet = revision.allocate();
  putCompressed(revision, cidSet, [], embedded.cidSet);
  const descriptor = revision.allocate();
  revision.put(
    descriptor,
    writeDictionary([
      ['Type', '/FontDescriptor'],
      ['FontName', writeName(embedded.name)],
      ['Flags', String(DESCRIPTOR_FLAGS)],
      ['FontBBox', writeArray(embedded.boundingBox.map(writeNumber))],
      ['ItalicAngle', writeNumber(embedded.italicAngle)],
      ['Ascent', String(embedded.ascent)],
      ['Descent', String(embedded.descent)],
      ['CapHeight', String(embedded.capHeight)],
      ['StemV', String(STEM_WIDTH)],
      [format === 'truetype' ? 'FontFile2' : 'FontFile3', writeReference(file)],
      ['CIDSet', writeReference(cidSet)],
    ]),
  );
  return descriptor;
}

function putCompressed(
  revision: Revision,
  reference: PdfReference,
  entries: readonly [string, Syntax][],
  data: Uint8Array,
): void {
  revision.putStream(reference, new Map([...entries, ['Filter', '/FlateDecode']]), deflateSync(data));
}
