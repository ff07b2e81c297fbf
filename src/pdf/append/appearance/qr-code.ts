/** A QR code as rectangles (ISO/IEC 18004). */
import encodeQR from 'qr';
import { OssError } from '../../../contract/errors.ts';
import { writeNumber } from '../../syntax/writer.ts';
import type { Paint } from './colour-space.ts';
import type { Figure } from './figure.ts';
import type { Box } from './text-layout.ts';

/** Light modules that scanners need around the code (§6.3.8). */
const QUIET_ZONE = 4;
/** Of the printed side of one module, in 1/72 inch: below it cameras of telephones fail (0.25 mm). */
const SMALLEST_MODULE = 0.7;

/** In the middle of the box, on white. @throws OSS_PDF_RECTANGLE_INVALID where it would be too small to scan. */
export function drawQrCode(text: string, { black, white, resources }: Paint, box: Box): Figure {
  const modules = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET_ZONE });
  const side = Math.min(box.width, box.height);
  const unit = side / modules.length;
  if (unit < SMALLEST_MODULE) {
    throw new OssError('OSS_PDF_RECTANGLE_INVALID', { reason: 'the QR code would be too small to scan' });
  }
  const left = box.x + (box.width - side) / 2;
  const top = box.y + (box.height + side) / 2;
  // One unit a module, the first row at the top.
  const [a, x, y] = [unit, left, top].map(writeNumber);
  let content = `q ${a} 0 0 -${a} ${x} ${y} cm\n${white} 0 0 ${modules.length} ${modules.length} re f\n${black}\n`;
  for (const [row, line] of modules.entries()) {
    for (const [start, length] of darkRuns(line)) content += `${start} ${row} ${length} 1 re\n`;
  }
  return { content: `${content}f\nQ\n`, resources: { ColorSpace: resources } };
}

/** Start and length of what is dark in a row: fewer rectangles, and no seams between neighbours. */
function darkRuns(row: readonly boolean[]): [start: number, length: number][] {
  const runs: [number, number][] = [];
  for (const [index, isDark] of row.entries()) {
    const last = runs.at(-1);
    if (isDark && last && last[0] + last[1] === index) last[1] += 1;
    else if (isDark) runs.push([index, 1]);
  }
  return runs;
}
