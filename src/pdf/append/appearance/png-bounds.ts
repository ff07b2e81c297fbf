/** What of a PNG goes to the decoder, which trusts lengths: its frame checked, its data no longer than its size says. */
import { crc32, inflateSync } from 'node:zlib';
import { OssError } from '../../../contract/errors.ts';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const MAX_PIXELS = 16_000_000;
/** Bytes around the data of a chunk: length, type, checksum (PNG §5.3). */
const CHUNK_FRAME = 12;
const HEADER_BYTES = 13;
/** What decides about the samples; text, profiles and times are compressed too and are not looked into. */
const NEEDED: readonly string[] = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'];
const PALETTE_BYTES = 3 * 256;

const invalid = (reason: string, cause?: unknown): OssError =>
  new OssError('OSS_PDF_IMAGE_INVALID', { reason }, { cause });

interface Chunk {
  readonly type: string;
  readonly whole: Buffer;
  readonly data: Buffer;
}

interface BoundedPng {
  readonly width: number;
  readonly height: number;
  /** The same picture with nothing but what decides about its samples. */
  readonly reduced: Buffer;
}

/** Inflates no more than the dimensions allow, before anything else is allocated. @throws OSS_PDF_IMAGE_INVALID. */
export function boundedPng(png: Buffer): BoundedPng {
  const kept: Chunk[] = [];
  let isAnimation = false;
  for (const chunk of chunksOf(png)) {
    if (kept.length === 0 && chunk.type !== 'IHDR') throw invalid('incomplete');
    if (chunk.type === 'acTL') isAnimation = true;
    if (NEEDED.includes(chunk.type)) kept.push(chunk);
    if (chunk.type === 'IEND') break;
  }
  const [header] = kept;
  const data = kept.filter(({ type }) => type === 'IDAT');
  if (!header || kept.at(-1)?.type !== 'IEND' || data.length === 0) throw invalid('incomplete');
  if (isAnimation) throw invalid('an animation');
  const { width, height, samples } = readHeader(header.data);
  for (const { type, data: bytes } of kept) {
    if (type !== 'IDAT' && bytes.length > PALETTE_BYTES) throw invalid('damaged');
  }
  inflateUpTo(Buffer.concat(data.map((chunk) => chunk.data)), samples);
  return { width, height, reduced: Buffer.concat([SIGNATURE, ...kept.map(({ whole }) => whole)]) };
}

function* chunksOf(png: Buffer): Generator<Chunk> {
  if (!png.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw invalid('not a PNG');
  for (let offset = SIGNATURE.length; offset < png.length; ) {
    if (offset + CHUNK_FRAME > png.length) throw invalid('cut off');
    const end = offset + CHUNK_FRAME + png.readUInt32BE(offset);
    if (end > png.length) throw invalid('cut off');
    if (crc32(png.subarray(offset + 4, end - 4)) !== png.readUInt32BE(end - 4)) throw invalid('damaged');
    yield {
      type: png.toString('latin1', offset + 4, offset + 8),
      whole: png.subarray(offset, end),
      data: png.subarray(offset + 8, end - 4),
    };
    offset = end;
  }
}

/** Bit depths that each colour type may have, and its samples a pixel (PNG §11.2.1, table 11.1). */
const COLOUR_TYPES: Readonly<Record<number, { depths: readonly number[]; channels: number }>> = Object.freeze(
  {
    0: { depths: [1, 2, 4, 8, 16], channels: 1 },
    2: { depths: [8, 16], channels: 3 },
    3: { depths: [1, 2, 4, 8], channels: 1 },
    4: { depths: [8, 16], channels: 2 },
    6: { depths: [8, 16], channels: 4 },
  },
);

/** `samples`: bytes of the filtered scanlines. */
function readHeader(header: Buffer): { width: number; height: number; samples: number } {
  if (header.length !== HEADER_BYTES) throw invalid('damaged');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth = 0, colourType = -1, compression, filter, interlace = -1] = header.subarray(8);
  if (width < 1 || height < 1 || width * height > MAX_PIXELS) throw invalid('its size');
  const colours = COLOUR_TYPES[colourType];
  if (!colours?.depths.includes(depth) || compression !== 0 || filter !== 0 || interlace > 1)
    throw invalid('a kind of PNG that does not exist');
  return { width, height, samples: scanlineBytes(width, height, depth * colours.channels, interlace === 1) };
}

/** Start and step of the columns and rows of each pass of Adam7 (PNG §8.2). */
const ADAM7 = [
  [0, 8, 0, 8],
  [4, 8, 0, 8],
  [0, 4, 4, 8],
  [2, 4, 0, 4],
  [0, 2, 2, 4],
  [1, 2, 0, 2],
  [0, 1, 1, 2],
] as const;
const WHOLE = [[0, 1, 0, 1]] as const;

/** Each scanline has a byte for its filter in front (PNG §9.2); an empty pass has none. */
function scanlineBytes(width: number, height: number, bitsPerPixel: number, isInterlaced: boolean): number {
  let bytes = 0;
  for (const [left, across, top, down] of isInterlaced ? ADAM7 : WHOLE) {
    const columns = Math.ceil((width - left) / across);
    const rows = Math.ceil((height - top) / down);
    if (columns > 0 && rows > 0) bytes += rows * (1 + Math.ceil((columns * bitsPerPixel) / 8));
  }
  return bytes;
}

/** The decoder would inflate everything that is there: 800 MB fit into less than one. */
function inflateUpTo(compressed: Buffer, bytes: number): void {
  try {
    const { length } = inflateSync(compressed, { maxOutputLength: bytes });
    if (length < bytes) throw invalid('cut off');
  } catch (cause) {
    if (cause instanceof OssError) throw cause;
    throw invalid(cause instanceof RangeError ? 'more data than its size' : 'damaged', cause);
  }
}
