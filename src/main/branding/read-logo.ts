import { OssError } from '../../contract/errors.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
export const MAX_LOGO_BYTES = 256 * 1024;
const MAX_SIDE = 2000;

/**
 * A PNG picture as base64, judged by its head alone: the windows decode it in their sandbox (W3C PNG §11.2.1:
 * width and height stand in the first chunk). SVG is not taken, because it can carry scripts.
 * @throws OssError OSS_LOGO_INVALID
 */
export function readLogo(bytes: Buffer): string {
  const isPng = bytes.subarray(0, 8).equals(SIGNATURE) && bytes.toString('latin1', 12, 16) === 'IHDR';
  if (!isPng || bytes.length < 33 || bytes.length > MAX_LOGO_BYTES) throw new OssError('OSS_LOGO_INVALID');
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  if (width === 0 || height === 0 || width > MAX_SIDE || height > MAX_SIDE)
    throw new OssError('OSS_LOGO_INVALID');
  return bytes.toString('base64');
}
