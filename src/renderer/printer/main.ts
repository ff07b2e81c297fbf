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

/** One rule for each paper of the document; pages name theirs (CSS Paged Media 3, named pages). */
const papers = new CSSStyleSheet();
document.adoptedStyleSheets = [papers];
const known = new Set<string>();

/** The page's own paper, lying as the page lies. @returns the name under which a picture is printed on it */
function paperOf({ view, userUnit, rotate }: PDFPageProxy): string {
  const [left = 0, bottom = 0, right = 0, top = 0] = view;
  const upright = [(right - left) * userUnit, (top - bottom) * userUnit].map((side) => side.toFixed(2));
  const [width = '0', height = '0'] = rotate % 180 === 0 ? upright : upright.toReversed();
  const name = `paper-${width}-${height}`.replaceAll('.', '_');
  if (!known.has(name)) {
    known.add(name);
    papers.insertRule(`@page ${name} { size: ${width}pt ${height}pt; margin: 0; }`);
    papers.insertRule(`.${name} { page: ${name}; width: ${width}pt; height: ${height}pt; }`);
  }
  return name;
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
  image.className = paperOf(page);
  image.src = URL.createObjectURL(blob);
  document.body.append(image);
  await image.decode();
}

async function drawAll(document: Promise<PDFDocumentProxy>): Promise<number> {
  const pdf = await document;
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
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
