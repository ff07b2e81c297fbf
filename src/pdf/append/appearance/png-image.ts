/** A PNG picture as an image XObject with its transparency as a soft mask (ISO 32000-2 §8.9.5, §11.6.5). */
import { crc32 } from 'node:zlib';
import { OssError } from '../../../contract/errors.ts';
import type { PdfReference } from '../../syntax/values.ts';
import { type Syntax, writeReference } from '../../syntax/writer.ts';
import type { Revision } from '../revision.ts';

export interface PlacedImage {
  readonly reference: PdfReference;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const MAX_PIXELS = 16_000_000;
/** Bytes around the data of a chunk: length, type, checksum. */
const CHUNK_FRAME = 12;

const invalid = (reason: string, cause?: unknown): OssError =>
  new OssError('OSS_PDF_IMAGE_INVALID', { reason }, { cause });

/** Throws OSS_PDF_IMAGE_INVALID. */
export async function putImage(
  revision: Revision,
  png: Uint8Array,
  allowTransparency: boolean,
): Promise<PlacedImage> {
  const { width, height } = checkPng(Buffer.from(png.buffer, png.byteOffset, png.byteLength));
  const { colours, alpha } = await decode(png);
  if (alpha && !allowTransparency) throw invalid('PDF/A-1 does not permit transparency');
  const entries = (colourSpace: string): [string, Syntax][] => [
    ['Type', '/XObject'],
    ['Subtype', '/Image'],
    ['Width', String(width)],
    ['Height', String(height)],
    ['BitsPerComponent', '8'],
    ['ColorSpace', colourSpace],
    ['Filter', '/FlateDecode'],
  ];
  const image = new Map(entries('/DeviceRGB'));
  if (alpha) {
    const mask = revision.allocate();
    revision.putStream(mask, new Map(entries('/DeviceGray')), alpha);
    image.set('SMask', writeReference(mask));
  }
  const reference = revision.allocate();
  revision.putStream(reference, image, colours);
  return { reference, width, height };
}

/** The decoder below trusts lengths, so the frame of the file is checked first (PNG §5.3, §11.2.1). */
function checkPng(png: Buffer): { width: number; height: number } {
  if (!png.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw invalid('not a PNG');
  const types: string[] = [];
  for (let offset = SIGNATURE.length; offset < png.length && types.at(-1) !== 'IEND'; ) {
    if (offset + CHUNK_FRAME > png.length) throw invalid('cut off');
    const length = png.readUInt32BE(offset);
    const end = offset + CHUNK_FRAME + length;
    if (end > png.length) throw invalid('cut off');
    if (crc32(png.subarray(offset + 4, end - 4)) !== png.readUInt32BE(end - 4)) throw invalid('damaged');
    types.push(png.toString('latin1', offset + 4, offset + 8));
    offset = end;
  }
  if (types[0] !== 'IHDR' || types.at(-1) !== 'IEND' || !types.includes('IDAT')) throw invalid('incomplete');
  if (types.includes('acTL')) throw invalid('an animation');
  const width = png.readUInt32BE(SIGNATURE.length + 8);
  const height = png.readUInt32BE(SIGNATURE.length + 12);
  if (width < 1 || height < 1 || width * height > MAX_PIXELS) throw invalid('its size');
  return { width, height };
}

/** Deflated samples of eight bits: three colours, and the alpha channel where some of it is not opaque. */
async function decode(png: Uint8Array): Promise<{ colours: Uint8Array; alpha: Uint8Array | undefined }> {
  const { PDFContext, PDFName, PDFRawStream, PngEmbedder } = await import('pdf-lib');
  try {
    const context = PDFContext.create();
    const embedder = await PngEmbedder.for(png);
    const image = context.lookup(await embedder.embedIntoContext(context));
    if (!(image instanceof PDFRawStream)) throw invalid('cannot be decoded');
    const mask = image.dict.lookup(PDFName.of('SMask'));
    return { colours: image.contents, alpha: mask instanceof PDFRawStream ? mask.contents : undefined };
  } catch (cause) {
    throw invalid('cannot be decoded', cause);
  }
}
