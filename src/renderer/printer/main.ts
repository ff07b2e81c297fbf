import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { openDocument } from '../document-view/open-document.ts';
import { viewerWorker } from '../document-view/pdfjs.ts';
import './printer.css';

/** Dots per inch: text stays sharp on paper, and a long document fits into memory. */
const RESOLUTION = 200;
const POINTS_PER_INCH = 72;

declare global {
  interface Window {
    /** Fulfilled with the number of pages once all of them are drawn; main waits for it. */
    printable: Promise<number>;
  }
}

/** The document's own paper, as its first page has it; pages of another size are fitted into it. */
function takeSheetOf({ view, userUnit, rotate }: PDFPageProxy): void {
  const [left = 0, bottom = 0, right = 0, top = 0] = view;
  const [width, height] = [(right - left) * userUnit, (top - bottom) * userUnit];
  const isTurned = rotate % 180 !== 0;
  const sheet = new CSSStyleSheet();
  const size = isTurned ? `${height}pt ${width}pt` : `${width}pt ${height}pt`;
  sheet.replaceSync(`@page { size: ${size}; }`);
  document.adoptedStyleSheets = [sheet];
}

async function draw(page: PDFPageProxy): Promise<void> {
  const viewport = page.getViewport({ scale: RESOLUTION / POINTS_PER_INCH });
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(viewport.width);
  canvas.height = Math.ceil(viewport.height);
  await page.render({ canvas, viewport, intent: 'print' }).promise;
  const blob = await new Promise<Blob | null>((settle) => canvas.toBlob(settle));
  canvas.width = 0; // gives its memory back at once
  if (!blob) throw new Error('the page cannot be drawn');
  const image = document.createElement('img');
  image.alt = '';
  image.src = URL.createObjectURL(blob);
  document.body.append(image);
  await image.decode();
}

async function drawAll(document: Promise<PDFDocumentProxy>): Promise<number> {
  const pdf = await document;
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    if (number === 1) takeSheetOf(page);
    await draw(page);
    page.cleanup();
  }
  return pdf.numPages;
}

const [id = '', bytes = '0'] = location.hash.slice(1).split(':');
const { task, failed } = openDocument(`/documents/${id}`, Number(bytes), viewerWorker());
const unreadable = failed.then(() => {
  throw new Error('not readable');
});
window.printable = Promise.race([drawAll(task.promise), unreadable]);
