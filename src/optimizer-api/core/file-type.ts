/** What a file is, by its first bytes: names and announced types of uploads are often missing or wrong. */
export function mediaTypeOf(head: Buffer): string {
  // ISO 32000-2 §7.5.2; readers accept it within the first 1024 bytes, the preflight says what it thinks of that.
  if (head.includes('%PDF-')) return 'application/pdf';
  if (head.subarray(0, 8).equals(PNG)) return 'image/png';
  if (head.subarray(0, 3).equals(JPEG)) return 'image/jpeg';
  if (head.subarray(4, 8).toString('latin1') === 'ftyp') return 'video/mp4';
  return 'application/octet-stream';
}

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const JPEG = Buffer.from('ffd8ff', 'hex');

/** Width and height of a PNG, from its first chunk (ISO/IEC 15948 §11.2.2); undefined where it has none. */
export function pngSize(head: Buffer): readonly [number, number] | undefined {
  if (head.length < 24 || head.toString('latin1', 12, 16) !== 'IHDR') return undefined;
  return [head.readUInt32BE(16), head.readUInt32BE(20)];
}
