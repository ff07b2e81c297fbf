import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** By shares of the page as it is shown: 0 at the left and top edge, 1 at the right and bottom edge. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
}

/** A page as poppler shows it: cropped and turned. */
function picture(file: string, page: number): Picture {
  const out = join(mkdtempSync(join(tmpdir(), 'ink-')), 'page');
  const which = ['-f', String(page), '-l', String(page), '-singlefile'];
  execFileSync('pdftoppm', ['-gray', '-cropbox', '-r', '72', ...which, file, out]);
  const bytes = readFileSync(`${out}.pgm`);
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1'));
  const [whole = '', width = '0', height = '0'] = header ?? [];
  return { width: Number(width), height: Number(height), grey: bytes.subarray(whole.length) };
}

/** Where the signed page shows what the original does not. Undefined: nowhere. */
export function newInk(original: string, signed: string, page: number): Place | undefined {
  const before = picture(original, page);
  const after = picture(signed, page);
  const { width, height } = after;
  const changed = { left: width, top: height, right: -1, bottom: -1 };
  for (const [index, value] of after.grey.entries()) {
    if (Math.abs(value - (before.grey[index] ?? 0)) < 24) continue;
    const x = index % width;
    const y = Math.floor(index / width);
    changed.left = Math.min(changed.left, x);
    changed.right = Math.max(changed.right, x);
    changed.top = Math.min(changed.top, y);
    changed.bottom = Math.max(changed.bottom, y);
  }
  if (changed.right < 0) return undefined;
  return {
    left: changed.left / width,
    top: changed.top / height,
    right: (changed.right + 1) / width,
    bottom: (changed.bottom + 1) / height,
  };
}
