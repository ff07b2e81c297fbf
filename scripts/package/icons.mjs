// Draws the icons of the packages from packaging/icon.svg: `node scripts/package/icons.mjs`, after the drawing changed.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { ROOT } from '../run.mjs';

export const PACKAGING = join(ROOT, 'packaging');
export const SIZES = [16, 24, 32, 48, 64, 96, 128, 256, 512, 1024];
/** Windows shows nothing larger (its width is one byte, 0 for 256). */
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256];
/** Types whose content is a PNG, and their size (Apple Icon Image format). */
const ICNS_TYPES = Object.entries({
  icp4: 16,
  icp5: 32,
  icp6: 64,
  ic07: 128,
  ic08: 256,
  ic09: 512,
  ic10: 1024,
});

/** @returns {Promise<Map<string, Buffer>>} every icon by its file name */
export async function drawIcons() {
  const svg = await readFile(join(PACKAGING, 'icon.svg'));
  const pictures = new Map();
  for (const size of SIZES) {
    // Drawn at this size, not made smaller from a large one.
    const drawn = sharp(svg, { density: (72 * size) / 64 }).resize(size, size);
    pictures.set(size, await drawn.png({ compressionLevel: 9 }).toBuffer());
  }
  const files = new Map([...pictures].map(([size, png]) => [`${size}x${size}.png`, png]));
  files.set('icon.ico', ico(pictures));
  files.set('icon.icns', icns(pictures));
  return files;
}

/** @param {Map<number, Buffer>} pictures */
function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * ICO_SIZES.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(ICO_SIZES.length, 4);
  let offset = head.length;
  const bodies = ICO_SIZES.map((size, index) => {
    const png = pictures.get(size) ?? Buffer.alloc(0);
    const entry = 6 + 16 * index;
    head[entry] = size % 256;
    head[entry + 1] = size % 256;
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += png.length;
    return png;
  });
  return Buffer.concat([head, ...bodies]);
}

/** @param {Map<number, Buffer>} pictures */
function icns(pictures) {
  const parts = ICNS_TYPES.map(([type, size]) => {
    const png = pictures.get(size) ?? Buffer.alloc(0);
    const head = Buffer.alloc(8, type);
    head.writeUInt32BE(8 + png.length, 4);
    return Buffer.concat([head, png]);
  });
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8, 'icns');
  head.writeUInt32BE(8 + body.length, 4);
  return Buffer.concat([head, body]);
}

if (process.argv[1] === import.meta.filename) {
  const folder = join(PACKAGING, 'icons');
  await mkdir(folder, { recursive: true });
  for (const [name, bytes] of await drawIcons()) await writeFile(join(folder, name), bytes);
}
