import type { PDFDocumentLoadingTask, PDFDocumentProxy, PDFPageProxy, RenderTask } from 'pdfjs-dist';
import { SerialQueue } from '../../base/keyed-queue.ts';
import { openDocument, openMadeDocument } from './open-document.ts';
import { holdPictureWorker, pictureWorker } from './pdfjs.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Makes a canvas as large as fits into the box, in the pixels of the screen. Returns how many they are to one of `whole`. */
function fitCanvas(canvas: HTMLCanvasElement, whole: Size, box: Size): number {
  const scale = Math.min(box.width / whole.width, box.height / whole.height);
  canvas.width = Math.max(1, Math.round(whole.width * scale * window.devicePixelRatio));
  canvas.height = Math.max(1, Math.round(whole.height * scale * window.devicePixelRatio));
  canvas.style.width = `${whole.width * scale}px`;
  canvas.style.height = `${whole.height * scale}px`;
  return scale * window.devicePixelRatio;
}

/** Draws a page as large as fits into a box of CSS pixels; the canvas gets the pixels of the screen. */
function drawPage(page: PDFPageProxy, canvas: HTMLCanvasElement, box: Size, background?: string): RenderTask {
  const whole = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: fitCanvas(canvas, whole, box) });
  if (background === undefined) return page.render({ canvas, viewport });
  // A context of our own: the one that pdf.js would make cannot be transparent.
  const canvasContext = canvas.getContext('2d') ?? undefined;
  return page.render({ canvas: null, ...(canvasContext && { canvasContext }), viewport, background });
}

/** A picture in little is not waited for longer than this. */
const PICTURE_DEADLINE_MS = 10_000;

/** @throws Error where it takes too long; what draws it has to be ended then */
export async function drawInTime(task: RenderTask): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(() => late.reject(new Error('drawing takes too long')), PICTURE_DEADLINE_MS);
  try {
    await Promise.race([task.promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

interface Picture {
  readonly canvas: HTMLCanvasElement;
  /** CSS pixels into which the page has to fit. */
  readonly box: Size;
  /** Nothing is drawn once it is aborted. */
  readonly signal: AbortSignal;
}

/** The same page in little: nothing of it has to be unpacked again. */
export function copyPicture(large: HTMLCanvasElement, { canvas, box }: Picture): void {
  fitCanvas(canvas, large, box);
  const context = canvas.getContext('2d');
  if (!context) return;
  context.imageSmoothingQuality = 'high';
  context.drawImage(large, 0, 0, canvas.width, canvas.height);
}

/** A page of a document that is open already. */
export const drawPageOf = (document: PDFDocumentProxy, number: number, { canvas, box, signal }: Picture) =>
  inTurn(signal, async () => {
    const page = await document.getPage(number);
    await drawInTime(drawPage(page, canvas, box));
    page.cleanup();
  });

/** The first page of a document, opened only for as long as it takes. */
export const drawFirstPage = (document: { readonly id: string; readonly bytes: number }, picture: Picture) =>
  drawInTurn(() => openDocument(`/documents/${document.id}`, document.bytes, pictureWorker()).task, picture);

/** The one page of a PDF that the station made, without paper: what is under it shows through. */
export const drawMadePage = (id: string, picture: Picture) =>
  drawInTurn(() => openMadeDocument(`/documents/${id}`, pictureWorker()), picture, 'rgba(0, 0, 0, 0)');

function drawInTurn(
  open: () => PDFDocumentLoadingTask,
  { canvas, box, signal }: Picture,
  background?: string,
): Promise<void> {
  return inTurn(signal, async () => {
    const release = holdPictureWorker();
    const task = open();
    try {
      await drawInTime(drawPage(await (await task.promise).getPage(1), canvas, box, background));
    } finally {
      await task.destroy();
      release();
    }
  });
}

const queue = new SerialQueue();

/**
 * Pictures are drawn one after the other: a hundred documents must not be opened at once, nor ten scanned pages
 * be unpacked at the same time.
 */
const inTurn = (signal: AbortSignal, draw: () => Promise<void>): Promise<void> =>
  queue.run(() => (signal.aborted ? undefined : draw()));
