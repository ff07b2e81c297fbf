export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Dots that a file may ask for when it is decoded: more than any telephone takes, a quarter of a gigabyte. */
export const MOST_DECODED_DOTS = 64_000_000;

/**
 * Width and height as the header of a JPEG or PNG says, before anything decodes it: a few bytes can ask for gigabytes of
 * dots. Undefined for anything else.
 * @param bytes the beginning of the file
 */
export const pictureSizeOf = (bytes: Uint8Array): PictureSize | undefined =>
  jpegSizeOf(bytes) ?? pngSizeOf(bytes);

/** The first frame header (ITU-T T.81 §B.2.2). */
export function jpegSizeOf(bytes: Uint8Array): PictureSize | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 9 < bytes.length; ) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return sizeOf(view.getUint16(at + 7), view.getUint16(at + 5));
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** IHDR, which is the first chunk (ISO/IEC 15948 §11.2.2). */
function pngSizeOf(bytes: Uint8Array): PictureSize | undefined {
  const isPng = bytes.length >= 24 && PNG_START.every((byte, at) => bytes[at] === byte);
  if (!isPng) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return sizeOf(view.getUint32(16), view.getUint32(20));
}
const PNG_START = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];

/** A picture of an identification as it is kept: the window draws it again, smaller than this. */
export const isKeptSize = ({ width, height }: PictureSize): boolean => width * height <= MOST_KEPT_DOTS;
const MOST_KEPT_DOTS = 24_000_000;

const sizeOf = (width: number, height: number): PictureSize | undefined =>
  width > 0 && height > 0 ? { width, height } : undefined;
