import * as pdfjs from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

// The viewer components look for the library here, not in an import.
Object.assign(globalThis, { pdfjsLib: pdfjs });
pdfjs.GlobalWorkerOptions.workerSrc = workerUrl;

const workers = new Map<string, InstanceType<typeof pdfjs.PDFWorker>>();

/** A worker that stays: starting one takes longer than drawing a page. */
function workerFor(purpose: string): InstanceType<typeof pdfjs.PDFWorker> {
  const worker = workers.get(purpose) ?? new pdfjs.PDFWorker();
  workers.set(purpose, worker);
  return worker;
}

/** Of the document that is being read. */
export const viewerWorker = () => workerFor('viewer');
/** Of small pictures, which must not keep the reader waiting. */
export const pictureWorker = () => workerFor('pictures');

/** Ends a worker that nobody uses any more; with it goes what it still holds of the documents it had. */
export function endPictureWorker(): void {
  workers.get('pictures')?.destroy();
  workers.delete('pictures');
}

export { pdfjs };
