import { join } from 'node:path';
import fc from 'fast-check';
import { PDFDict, PDFDocument, PDFName } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { Paper, type Sheet } from './index.ts';

const FONTS = join(import.meta.dirname, '../../resources/fonts');
const FACTS = {
  title: 'What was signed',
  author: 'Banco de Prueba',
  subject: 'contract.pdf',
  language: 'es',
  createdAt: new Date('2026-05-04T10:00:00Z'),
};
const paper = new Paper(FONTS);

async function written(write: (sheet: Sheet) => void) {
  const document = await paper.write(FACTS, (sheet) => {
    write(sheet);
    sheet.footers((page, pages) => `${page} of ${pages}`, 'contract.pdf');
  });
  return document.save();
}

describe('printed matter', () => {
  it('is a tagged document that says its title and language (ISO 32000-2 §14.8, PDF/UA-1 §7)', async () => {
    const document = await PDFDocument.load(await written((sheet) => sheet.title('Title', 'Subtitle')), {
      updateMetadata: false,
    });
    expect(document.getTitle()).toBe(FACTS.title);
    expect(document.getCreationDate()).toEqual(FACTS.createdAt);
    const { catalog } = document;
    expect(String(catalog.get(PDFName.of('Lang')))).toContain('es');
    expect(catalog.lookup(PDFName.of('MarkInfo'), PDFDict).get(PDFName.of('Marked'))?.toString()).toBe(
      'true',
    );
    expect(catalog.has(PDFName.of('StructTreeRoot'))).toBe(true);
  });

  it('turns as many pages as it needs, and counts them', async () => {
    const pagesOf = async (paragraphs: number) => {
      const bytes = await written((sheet) => {
        for (let at = 0; at < paragraphs; at++) sheet.paragraph(`Paragraph ${at} of the contract`);
      });
      return (await PDFDocument.load(bytes)).getPageCount();
    };
    expect(await pagesOf(1)).toBe(1);
    const [some, more] = [await pagesOf(100), await pagesOf(200)];
    expect(some).toBeGreaterThan(1);
    expect(more).toBeGreaterThan(some);
  });

  it('is the same to the byte for the same contents', async () => {
    const write = (sheet: Sheet) => {
      sheet.title('Contract', 'of today');
      sheet.row('Name', 'Núria Ferrer');
    };
    expect(Buffer.from(await written(write)).equals(Buffer.from(await written(write)))).toBe(true);
  });

  it('names the field and the character that no typeface shows', async () => {
    await paper.assertShows({ given: 'Núria', surname: 'Łukasiewicz', other: undefined });
    await expect(paper.assertShows({ given: 'Ada', surname: 'x\u{1F600}' })).rejects.toMatchObject({
      code: 'OSS_PDF_TEXT_UNSUPPORTED',
      details: { field: 'surname' },
    });
  });

  it('is written whatever a name holds: what no typeface has stands as its number', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), async (name) => {
        const bytes = await written((sheet) => {
          sheet.title(name, name);
          sheet.row(name, name);
          sheet.verdict('good', name);
        });
        expect((await PDFDocument.load(bytes)).getPageCount()).toBeGreaterThan(0);
      }),
      { numRuns: 12 },
    );
  });
});
