/** For tests that look: pages as poppler draws them, and small documents with pages of every kind. */
import { spawnSync } from 'node:child_process';
import { withFile } from '../../signing.fixture.ts';

export type Colour = readonly [red: number, green: number, blue: number];

export interface Rendering {
  readonly width: number;
  readonly height: number;
  /** From the upper left corner of the page as it is seen. */
  at(x: number, y: number): Colour;
}

/** At 72 pixels an inch unless told otherwise, so that a pixel is a point; poppler takes no notice of /UserUnit. */
export function render(bytes: Uint8Array, { page = 1, dpi = 72 } = {}): Rendering {
  return withFile(bytes, (path) => {
    const args = ['-cropbox', '-f', String(page), '-l', String(page), '-r', String(dpi), path];
    const { stdout, stderr } = spawnSync('pdftoppm', args, { maxBuffer: 256 * 1024 * 1024 });
    // Netpbm: "P6", width, height, largest sample, then three bytes a pixel.
    const head = /^P6\s(\d+)\s(\d+)\s255\s/.exec(stdout.toString('latin1', 0, 64));
    if (!head) throw new Error(`pdftoppm: ${stderr.toString()}`);
    const [width, height] = [Number(head[1]), Number(head[2])];
    const at = (x: number, y: number): Colour => {
      const pixel = head[0].length + 3 * (Math.round(y) * width + Math.round(x));
      return [stdout[pixel] ?? 0, stdout[pixel + 1] ?? 0, stdout[pixel + 2] ?? 0];
    };
    return { width, height, at };
  });
}

export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The smallest area that holds every pixel in which two renderings differ. */
export function changedArea(before: Rendering, after: Rendering): Area | undefined {
  let area: Area | undefined;
  for (let y = 0; y < after.height; y += 1) {
    for (let x = 0; x < after.width; x += 1) {
      if (String(before.at(x, y)) === String(after.at(x, y))) continue;
      area = {
        left: Math.min(area?.left ?? x, x),
        top: Math.min(area?.top ?? y, y),
        right: Math.max(area?.right ?? x, x),
        bottom: Math.max(area?.bottom ?? y, y),
      };
    }
  }
  return area;
}

/** One empty page with these entries, and a catalog with those. */
export function onePage(pageEntries: string, catalogEntries = '', more: readonly string[] = []): Buffer {
  const objects = [
    `<</Type /Catalog /Pages 2 0 R ${catalogEntries}>>`,
    '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    `<</Type /Page /Parent 2 0 R ${pageEntries}>>`,
    ...more,
  ];
  let text = '%PDF-1.7\n';
  let entries = '';
  for (const [index, body] of objects.entries()) {
    entries += `${String(text.length).padStart(10, '0')} 00000 n \n`;
    text += `${index + 1} 0 obj\n${body}\nendobj\n`;
  }
  const size = objects.length + 1;
  const xref = `xref\n0 ${size}\n0000000000 65535 f \n${entries}trailer\n<</Size ${size} /Root 1 0 R>>\n`;
  return Buffer.from(`${text}${xref}startxref\n${text.length}\n%%EOF\n`, 'latin1');
}
