/** A JPEG picture as an image XObject; its data stay compressed (ISO 32000-2 §7.4.8, ISO/IEC 10918-1 annex B). */
import { OssError } from '../../../contract/errors.ts';
import { type Syntax, writeArray } from '../../syntax/writer.ts';
import type { Revision } from '../revision.ts';
import { colourSpace } from './colour-space.ts';
import { type ColourLimits, type PlacedImage, type Turn, UPRIGHT } from './placed-image.ts';

const MAX_PIXELS = 16_000_000;
/** Baseline, extended and progressive frames: what the filter of PDF decodes. */
const FRAMES = [0xc0, 0xc1, 0xc2];
const MARKER = {
  startOfImage: 0xd8,
  endOfImage: 0xd9,
  startOfScan: 0xda,
  exif: 0xe1,
  adobe: 0xee,
  comment: 0xfe,
};

const invalid = (reason: string): OssError => new OssError('OSS_PDF_IMAGE_INVALID', { reason });

interface Segment {
  readonly marker: number;
  /** With its marker and length. */
  readonly whole: Buffer;
  readonly body: Buffer;
}

/** @throws OSS_PDF_IMAGE_INVALID. */
export function putJpeg(revision: Revision, jpeg: Uint8Array, limits: ColourLimits): PlacedImage {
  const { segments, scan } = readJpeg(Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength));
  const frame = segments.find(({ marker }) => FRAMES.includes(marker))?.body;
  if (!frame || frame.length < 6 || frame[0] !== 8) throw invalid('a kind of JPEG that PDF does not know');
  const [height, width, components] = [frame.readUInt16BE(1), frame.readUInt16BE(3), frame[5] ?? 0];
  if (width < 1 || height < 1 || width * height > MAX_PIXELS) throw invalid('its size');
  if (components !== 1 && components !== 3 && components !== 4) throw invalid('its colours');
  const entries = new Map<string, Syntax>([
    ['Type', '/XObject'],
    ['Subtype', '/Image'],
    ['Width', String(width)],
    ['Height', String(height)],
    ['BitsPerComponent', '8'],
    ['ColorSpace', colourSpace(components, limits)],
    ['Filter', '/DCTDecode'],
  ]);
  // Adobe writes ink as its absence.
  const isAdobe = segments.some(({ marker }) => marker === MARKER.adobe);
  if (components === 4 && isAdobe) entries.set('Decode', writeArray(['1 0 1 0 1 0 1 0']));
  const exif = segments.find(({ marker, body }) => marker === MARKER.exif && isExif(body));
  const kept = segments.filter(({ marker }) => !tellsOfCamera(marker)).map(({ whole }) => whole);
  const reference = revision.allocate();
  revision.putStream(
    reference,
    entries,
    Buffer.concat([Buffer.from([0xff, MARKER.startOfImage]), ...kept, scan]),
  );
  return { reference, width, height, turn: turnFor(exif && orientationOf(exif.body.subarray(6))) };
}

/** Place, time and maker of a photograph are nobody's business in a signed document. */
const tellsOfCamera = (marker: number): boolean =>
  (marker >= 0xe1 && marker <= 0xef && marker !== MARKER.adobe) || marker === MARKER.comment;

/** The segments before the first scan, and everything from there to the end of the image. */
function readJpeg(jpeg: Buffer): { readonly segments: readonly Segment[]; readonly scan: Buffer } {
  if (jpeg[0] !== 0xff || jpeg[1] !== MARKER.startOfImage) throw invalid('not a JPEG');
  const segments: Segment[] = [];
  for (let offset = 2; offset + 4 <= jpeg.length; ) {
    if (jpeg[offset] !== 0xff) throw invalid('damaged');
    const marker = jpeg[offset + 1] ?? 0;
    if (marker === 0xff) {
      offset += 1; // fill bytes may precede a marker (§B.1.1.2)
      continue;
    }
    if (marker === MARKER.startOfScan) {
      const end = jpeg.lastIndexOf(Buffer.from([0xff, MARKER.endOfImage]));
      if (end < offset) throw invalid('cut off');
      return { segments, scan: jpeg.subarray(offset, end + 2) };
    }
    const end = offset + 2 + jpeg.readUInt16BE(offset + 2);
    if (end > jpeg.length || end < offset + 4) throw invalid('cut off');
    const whole = jpeg.subarray(offset, end);
    segments.push({ marker, whole, body: whole.subarray(4) });
    offset = end;
  }
  throw invalid('cut off');
}

const isExif = (body: Buffer): boolean => body.toString('latin1', 0, 6) === 'Exif\0\0';

const ORIENTATION = 0x0112;
const ENTRY = 12;

/** How the camera was held (Exif 2.32 §4.6.4); 1 where it is not told. `tiff`: from its header on. */
function orientationOf(tiff: Buffer): number {
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number): number =>
    at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  const long = (at: number): number =>
    at + 4 > tiff.length ? 0 : isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at);
  const directory = long(4);
  const entries = short(directory);
  for (let entry = directory + 2; entry < directory + 2 + entries * ENTRY; entry += ENTRY) {
    if (short(entry) === ORIENTATION) return short(entry + 8);
  }
  return 1;
}

/** By the eight orientations of Exif: where the unit square of the stored picture comes to lie. */
const TURNS: readonly Turn['matrix'][] = [
  UPRIGHT.matrix,
  [-1, 0, 0, 1, 1, 0],
  [-1, 0, 0, -1, 1, 1],
  [1, 0, 0, -1, 0, 1],
  [0, -1, -1, 0, 1, 1],
  [0, -1, 1, 0, 0, 1],
  [0, 1, 1, 0, 0, 0],
  [0, 1, -1, 0, 1, 0],
];

function turnFor(orientation = 1): Turn {
  const matrix = TURNS[orientation - 1] ?? UPRIGHT.matrix;
  return { matrix, swapsSides: matrix[0] === 0 };
}
