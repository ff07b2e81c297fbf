/** A PNG picture as an image XObject with its transparency as a soft mask (ISO 32000-2 §8.9.5, §11.6.5). */
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { OssError } from '../../../contract/errors.ts';
import { type Syntax, writeReference } from '../../syntax/writer.ts';
import type { Revision } from '../revision.ts';
import { colourSpace } from './colour-space.ts';
import { type ColourLimits, type PlacedImage, UPRIGHT } from './placed-image.ts';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const MAX_PIXELS = 16_000_000;
/** Bytes around the data of a chunk: length, type, checksum. */
const CHUNK_FRAME = 12;

const invalid = (reason: string, cause?: unknown): OssError =>
  new OssError('OSS_PDF_IMAGE_INVALID', { reason }, { cause });

/** Throws OSS_PDF_IMAGE_INVALID. */
export async function putPng(
  revision: Revision,
  png: Uint8Array,
  limits: ColourLimits,
): Promise<PlacedImage> {
  const { width, height } = checkPng(Buffer.from(png.buffer, png.byteOffset, png.byteLength));
  const decoded = await decode(png);
  const { colours, alpha } = limits.allowTransparency ? decoded : onWhite(decoded);
  const entries = (space: Syntax): [string, Syntax][] => [
    ['Type', '/XObject'],
    ['Subtype', '/Image'],
    ['Width', String(width)],
    ['Height', String(height)],
    ['BitsPerComponent', '8'],
    ['ColorSpace', space],
    ['Filter', '/FlateDecode'],
  ];
  const image = new Map(entries(colourSpace(3, limits)));
  if (alpha) {
    const mask = revision.allocate();
    revision.putStream(mask, new Map(entries('/DeviceGray')), alpha);
    image.set('SMask', writeReference(mask));
  }
  const reference = revision.allocate();
  revision.putStream(reference, image, colours);
  return { reference, width, height, turn: UPRIGHT };
}

/** Where nothing may shine through, the picture lies on white paper (§11.3.6, with an opaque backdrop). */
function onWhite({ colours, alpha }: Samples): Samples {
  if (!alpha) return { colours, alpha };
  const opacities = inflateSync(alpha);
  const flat = inflateSync(colours).map((sample, index) => {
    const opacity = opacities[Math.floor(index / 3)] ?? 255;
    return Math.round((sample * opacity + 255 * (255 - opacity)) / 255);
  });
  return { colours: deflateSync(flat), alpha: undefined };
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
interface Samples {
  readonly colours: Uint8Array;
  readonly alpha: Uint8Array | undefined;
}

async function decode(png: Uint8Array): Promise<Samples> {
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
