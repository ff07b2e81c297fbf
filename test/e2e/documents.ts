import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { degrees, PDFDocument } from 'pdf-lib';
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

/** A document of many pages that have a number each. */
export async function longDocument(pages: number): Promise<string> {
  const document = await PDFDocument.create();
  for (let number = 1; number <= pages; number += 1)
    document.addPage([595, 842]).drawText(`Page ${number}`, { x: 60, y: 760, size: 24 });
  const path = join(await mkdtemp(join(tmpdir(), 'documents-')), `${pages}-pages.pdf`);
  await writeFile(path, await document.save());
  return path;
}

/** The words of one page as poppler reads them. */
export const wordsOf = (file: string, page: number): string =>
  execFileSync('pdftotext', ['-f', String(page), '-l', String(page), file, '-']).toString();
