import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withPdfium } from '../../src/optimizer/rendering/pdfium.ts';
import { Paper } from '../../src/paper/index.ts';

const paper = new Paper(join(import.meta.dirname, '../../resources/fonts'));

/** So many dots of each page are not white, as another program draws it. */
async function inkOf(mark: string | undefined): Promise<number[]> {
  const facts = {
    title: 'Contract',
    author: 'Bank',
    subject: 'a loan',
    language: 'en',
    createdAt: new Date(0),
    mark,
  };
  const document = await paper.write(facts, (sheet) => {
    for (let line = 0; line < 100; line++) sheet.paragraph(`Line ${line}`);
    sheet.footers((page, pages) => `${page} of ${pages}`, 'contract.pdf');
  });
  const inks = await withPdfium(await document.save(), '', ({ pages, draw }) =>
    Array.from({ length: pages }, (_, at) => {
      const picture = draw(at + 1, () => ({ width: 300, height: 424 }), 'paper');
      return picture?.bgra.filter((value, dot) => dot % 4 === 1 && value < 250).length ?? 0;
    }),
  );
  return inks ?? [];
}

it('what is for trials says so across every page', async () => {
  const [plain, marked] = [await inkOf(undefined), await inkOf('TRIAL WITHOUT EFFECT')];
  expect(plain.length).toBeGreaterThan(1);
  expect(marked).toHaveLength(plain.length);
  for (const [page, ink] of marked.entries()) expect(ink).toBeGreaterThan((plain[page] ?? 0) + 1000);
});
