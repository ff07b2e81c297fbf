/** A subset of a font as objects of a new document (ISO 32000-2 §9.7, §9.8). */
import { deflateSync } from 'node:zlib';
import { type PDFDocument, PDFHexString, PDFName, type PDFRef } from 'pdf-lib';
import type { EmbeddedFont } from '../typography/font-subset.ts';

/** Glyphs are given by number; the font program has its own encoding (table 121, Symbolic). */
const DESCRIPTOR_FLAGS = 4;
const STEM_WIDTH = 80;

interface PackedStreams {
  readonly program: Uint8Array;
  readonly cidSet: Uint8Array;
  readonly toUnicode: Uint8Array;
}

/** A font that was prepared for many documents is packed once. */
const packed = new WeakMap<EmbeddedFont, PackedStreams>();

function packedStreamsOf(font: EmbeddedFont): PackedStreams {
  const known = packed.get(font);
  if (known !== undefined) return known;
  const { program, cidSet, toUnicode } = font;
  const streams = {
    program: deflateSync(program),
    cidSet: deflateSync(cidSet),
    toUnicode: deflateSync(toUnicode),
  };
  packed.set(font, streams);
  return streams;
}

export function embedFont({ context }: PDFDocument, embedded: EmbeddedFont): PDFRef {
  const { name, format, program, widths } = embedded;
  const streams = packedStreamsOf(embedded);
  const stream = (bytes: Uint8Array, entries: Record<string, string | number> = {}): PDFRef =>
    context.register(context.stream(bytes, { Filter: 'FlateDecode', ...entries }));
  const isTrueType = format === 'truetype';
  const file = stream(
    streams.program,
    isTrueType ? { Length1: program.length } : { Subtype: 'CIDFontType0C' },
  );
  const descriptor = context.register(
    context.obj({
      Type: 'FontDescriptor',
      FontName: name,
      Flags: DESCRIPTOR_FLAGS,
      FontBBox: [...embedded.boundingBox],
      ItalicAngle: embedded.italicAngle,
      Ascent: embedded.ascent,
      Descent: embedded.descent,
      CapHeight: embedded.capHeight,
      StemV: STEM_WIDTH,
      [isTrueType ? 'FontFile2' : 'FontFile3']: file,
      CIDSet: stream(streams.cidSet),
    }),
  );
  const descendant = context.register(
    context.obj({
      Type: 'Font',
      Subtype: isTrueType ? 'CIDFontType2' : 'CIDFontType0',
      BaseFont: name,
      CIDSystemInfo: {
        Registry: PDFHexString.of(Buffer.from('Adobe').toString('hex')),
        Ordering: PDFHexString.of(Buffer.from('Identity').toString('hex')),
        Supplement: 0,
      },
      ...(isTrueType ? { CIDToGIDMap: 'Identity' } : {}),
      W: widths.flatMap(({ id, width }) => [id, [width]]),
      FontDescriptor: descriptor,
    }),
  );
  return context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: PDFName.of(name),
      Encoding: 'Identity-H',
      DescendantFonts: [descendant],
      ToUnicode: stream(streams.toUnicode),
    }),
  );
}
