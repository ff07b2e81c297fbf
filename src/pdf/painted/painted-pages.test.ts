import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { memorySource, openPdf } from '../index.ts';
import { type Rectangle, shownBox } from '../read/page-tree.ts';
import { corpus, hasTool, passwordOf, signable, withFile } from '../signing.fixture.ts';
import { PaintedPages } from './painted-pages.ts';

const page = (content: string, resources = '<</Font <</F1 5 0 R>>>>', more = ''): Buffer => {
  const objects = [
    '<</Type /Catalog /Pages 2 0 R>>',
    '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    `<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources ${resources}>>`,
    `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
    '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>',
    ...(more === '' ? [] : [more]),
  ];
  let text = '%PDF-1.7\n';
  const offsets = objects.map((body, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`;
  return Buffer.from(
    `${text}${table}trailer\n<</Size ${objects.length + 1} /Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`,
    'latin1',
  );
};

const beneath = async (file: Buffer, mark: Rectangle) =>
  new PaintedPages(await openPdf(memorySource(file))).beneath(1, mark);

const MARK: Rectangle = { x1: 100, y1: 100, x2: 300, y2: 150 };

describe('what lies under a mark', () => {
  const form =
    '<</Type /XObject /Subtype /Form /BBox [0 0 50 50] /Matrix [1 0 0 1 90 90] /Length 19>>\nstream\n0 0 40 40 re f     \nendstream';
  it.each([
    ['text', 'BT /F1 12 Tf 120 120 Td (hidden) Tj ET'],
    ['text that begins to its left', 'BT /F1 12 Tf 20 120 Td (pay 100 EUR to Alice today) Tj ET'],
    ['turned text', 'BT /F1 12 Tf 0.7 0.7 -0.7 0.7 80 60 Tm (a long turned text over the page) Tj ET'],
    ['text in a scaled space', 'q 2 0 0 2 0 0 cm BT /F1 12 Tf 60 60 Td (hidden) Tj ET Q'],
    ['text after adjustments', 'BT /F1 12 Tf 20 120 Td [(a) -20000 (b)] TJ ET'],
    ['the edge of a coloured rectangle', '0.5 g 50 50 100 100 re f'],
    ['a small picture', 'q 40 0 0 40 120 105 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q'],
    ['a shading', '/S1 sh'],
    ['a form', '/X1 Do'],
    ['content that cannot be understood', 'BT /F1 12 Tf (unfinished'],
  ])('is content where it is %s', async (_, content) => {
    const file = page(content, '<</Font <</F1 5 0 R>> /XObject <</X1 6 0 R>>>>', form);
    expect(await beneath(file, MARK)).toBe('content');
  });

  it.each([
    ['nothing', ''],
    ['text elsewhere', 'BT /F1 12 Tf 20 700 Td (pay 100 EUR) Tj ET'],
    ['text that ends before it', 'BT /F1 12 Tf 20 120 Td (pay 100 EUR) Tj ET'],
    ['invisible text', 'BT /F1 12 Tf 3 Tr 120 120 Td (recognised) Tj ET'],
    ['a line to write on', '100 110 m 300 110 l S'],
    ['dots to write on', 'BT /F1 12 Tf 100 110 Td (..................) Tj ET'],
    ['a background in one colour', '0.9 g 0 0 600 800 re f'],
    ['white on white', '1 g 50 50 100 100 re f'],
    ['what a clip hides', 'q 400 400 50 50 re W n 0 g 50 50 100 100 re f Q'],
  ])('is nothing where there is %s', async (_, content) => {
    expect(await beneath(page(content), MARK)).toBeUndefined();
  });

  it('is a picture where a scan fills the page', async () => {
    const scan = 'q 600 0 0 800 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q';
    expect(await beneath(page(scan), MARK)).toBe('picture');
    expect(await beneath(page(`${scan} BT /F1 12 Tf 120 120 Td (hidden) Tj ET`), MARK)).toBe('content');
  });

  it('is found in bounded time', async () => {
    const loop =
      '<</Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources <</XObject <</X1 6 0 R>>>> /Length 15>>\nstream\n/X1 Do /X1 Do  \nendstream';
    expect(await beneath(page('/X1 Do', '<</XObject <</X1 6 0 R>>>>', loop), MARK)).toBe('content');
  });
});

const CELL = 12;

/** Pixels per cell that another program draws; 72 to the inch, so that one is one unit of user space. */
function drawnCells(file: Buffer, password = ''): { readonly inked: (cell: Rectangle) => boolean } {
  const pgm = withFile(file, (path) =>
    execFileSync('pdftoppm', [
      '-r',
      '72',
      '-gray',
      '-f',
      '1',
      '-l',
      '1',
      '-cropbox',
      '-hide-annotations',
      '-upw',
      password,
      path,
    ]),
  );
  const [, width = '0', height = '0'] =
    /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.toString('latin1', 0, 60)) ?? [];
  const pixels = pgm.subarray(pgm.length - Number(width) * Number(height));
  const at = (x: number, y: number): number => pixels[(Number(height) - 1 - y) * Number(width) + x] ?? 255;
  return {
    inked: ({ x1, y1, x2, y2 }) => {
      const first = at(Math.round(x1), Math.round(y1));
      for (let y = Math.round(y1); y < y2; y += 1)
        for (let x = Math.round(x1); x < x2; x += 1) if (Math.abs(at(x, y) - first) > 8) return true;
      return false;
    },
  };
}

describe.skipIf(!hasTool('pdftoppm'))('against what Poppler draws (skipped without it)', () => {
  // Turned and enlarged pages have other pixels.
  const NAMES = signable().filter((name) => !/rot90|userunit/.test(name));

  it.each(NAMES)('%s: where nothing lies, nothing is drawn', async (name) => {
    const file = corpus(name);
    const document = await openPdf(memorySource(file), passwordOf(name));
    const pages = new PaintedPages(document);
    const box = shownBox(await document.page(1));
    const { inked } = drawnCells(file, passwordOf(name).password);
    let [blank, missed, suspected] = [0, 0, 0];
    for (let y = 0; y + CELL <= box.y2 - box.y1; y += CELL) {
      for (let x = 0; x + CELL <= box.x2 - box.x1; x += CELL) {
        const inner = { x1: x + 1, y1: y + 1, x2: x + CELL - 1, y2: y + CELL - 1 };
        const place = { x1: box.x1 + x, y1: box.y1 + y, x2: box.x1 + x + CELL, y2: box.y1 + y + CELL };
        const found = await pages.beneath(1, place);
        if (inked(inner)) missed += found === undefined ? 1 : 0;
        else {
          blank += 1;
          suspected += found === undefined ? 0 : 1;
        }
      }
    }
    expect({ missed, share: suspected / blank }).toEqual({ missed: 0, share: expect.any(Number) });
    expect(suspected / blank).toBeLessThan(0.25);
  });
});
