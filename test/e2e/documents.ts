import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { degrees, PDFDocument, type PDFFont, StandardFonts } from 'pdf-lib';
import { corpus } from './station.ts';

/** A page of which a viewer shows a part only, turned: its corner is at no round number of either axis. */
export async function croppedDocument(): Promise<string> {
  const document = await PDFDocument.load(await readFile(corpus('reportlab.pdf')));
  for (const page of document.getPages()) {
    page.setCropBox(61, 97, 380, 520);
    page.setRotation(degrees(270));
  }
  const path = join(await mkdtemp(join(tmpdir(), 'documents-')), 'cropped.pdf');
  await writeFile(path, await document.save());
  return path;
}

const SENTENCES = [
  'The bank lends the borrower the amount named above for the purpose named above.',
  'The borrower pays it back in equal monthly instalments, each on the first working day of the month.',
  'Interest is counted from the day on which the amount is paid out, on the amount that is still owed.',
  'The borrower may pay back more, or all, at any time and without a fee.',
  'Anyone who is late is told so in writing and has fourteen days before interest on arrears is counted.',
];

/** A contract as a bank would print it: two pages, the place for the signature at the bottom of the last. */
export async function loanContract(): Promise<string> {
  const document = await PDFDocument.create();
  const plain = await document.embedFont(StandardFonts.Helvetica);
  const bold = await document.embedFont(StandardFonts.HelveticaBold);
  for (const number of [1, 2]) {
    const page = document.addPage([595.276, 841.89]);
    const write = (text: string, x: number, y: number, font: PDFFont, size: number) =>
      page.drawText(text, { x, y, font, size });
    write('Banco de Prueba', 60, 780, bold, 11);
    write('Consumer loan contract', 60, 738, bold, 20);
    let y = 706;
    for (let clause = 1; clause <= 8; clause += 1) {
      write(`${clause + (number - 1) * 8}. ${SENTENCES[clause % SENTENCES.length]}`, 60, y, plain, 9.5);
      write(SENTENCES[(clause + 2) % SENTENCES.length] ?? '', 72, y - 15, plain, 9.5);
      y -= 52;
    }
    write(`Page ${number} of 2`, 270, 40, plain, 9);
    if (number === 2) write('The borrower', 354, 152, bold, 10);
  }
  document.setTitle('Consumer loan contract');
  const path = join(await mkdtemp(join(tmpdir(), 'documents-')), 'loan-contract.pdf');
  await writeFile(path, await document.save());
  return path;
}

/** A document of many pages that have a number each. */
export async function longDocument(pages: number): Promise<string> {
  const document = await PDFDocument.create();
  for (let number = 1; number <= pages; number += 1)
    document.addPage([595, 842]).drawText(`Page ${number}`, { x: 60, y: 760, size: 24 });
  const path = join(await mkdtemp(join(tmpdir(), 'documents-')), `${pages}-pages.pdf`);
  await writeFile(path, await document.save());
  return path;
}

/** Pages of two sizes, each with its number: the place of the last is known only when it was laid out. */
export async function manyPages(count: number): Promise<string> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (let number = 1; number <= count; number += 1) {
    const page = document.addPage(number % 2 === 0 ? [841.89, 595.276] : [595.276, 841.89]);
    page.drawText(`Page ${number} of ${count}`, { x: 60, y: 500, font, size: 24 });
  }
  const path = join(await mkdtemp(join(tmpdir(), 'documents-')), 'many-pages.pdf');
  await writeFile(path, await document.save());
  return path;
}
