/** A PNG picture as an image XObject with its transparency as a soft mask (ISO 32000-2 §8.9.5, §11.6.5). */
import { deflateSync, inflateSync } from 'node:zlib';
import { OssError } from '../../../contract/errors.ts';
import { type Syntax, writeReference } from '../../syntax/writer.ts';
import type { Revision } from '../revision.ts';
import { colourSpace } from './colour-space.ts';
import { type ColourLimits, type PlacedImage, UPRIGHT } from './placed-image.ts';
import { boundedPng } from './png-bounds.ts';

const invalid = (reason: string, cause?: unknown): OssError =>
  new OssError('OSS_PDF_IMAGE_INVALID', { reason }, { cause });

/** @throws OSS_PDF_IMAGE_INVALID. */
export async function putPng(
  revision: Revision,
  png: Uint8Array,
  limits: ColourLimits,
): Promise<PlacedImage> {
  const { width, height, reduced } = boundedPng(Buffer.from(png.buffer, png.byteOffset, png.byteLength));
  const decoded = await decode(reduced);
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
    throw cause instanceof OssError ? cause : invalid('cannot be decoded', cause);
  }
}
