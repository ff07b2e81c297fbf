import * as pdfjs from 'pdfjs-dist';
import rendererUrl from 'pdfjs-dist/build/pdf.renderer.min.mjs?url';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

// The viewer components look for the library here, not in an import.
Object.assign(globalThis, { pdfjsLib: pdfjs });
pdfjs.GlobalWorkerOptions.workerSrc = workerUrl;
pdfjs.GlobalWorkerOptions.rendererSrc = rendererUrl;

const workers = new Map<string, InstanceType<typeof pdfjs.PDFWorker>>();

/** A worker that stays: starting one takes longer than drawing a page. */
function workerFor(purpose: string): InstanceType<typeof pdfjs.PDFWorker> {
  const worker = workers.get(purpose) ?? new pdfjs.PDFWorker();
  workers.set(purpose, worker);
  return worker;
}

/** Of the document that is being read. */
export const viewerWorker = () => workerFor('viewer');

/** How long a worker may still hold what it read of a document that is not looked at any more. */
const HELD_MS = 1000;
let viewers = 0;

/** Counts the viewers that use the worker. Returns what ends that: with the last one goes what it has read. */
export function holdViewerWorker(): () => void {
  viewers += 1;
  return () => {
    viewers -= 1;
    // The next document follows at once, or nobody is there any more.
    setTimeout(() => viewers === 0 && endWorker('viewer'), HELD_MS);
  };
}
/** Of small pictures, which must not keep the reader waiting. */
export const pictureWorker = () => workerFor('pictures');

/** Ends a worker that nobody uses any more; with it goes what it still holds of the documents it had. */
export const endPictureWorker = (): void => endWorker('pictures');

function endWorker(purpose: string): void {
  workers.get(purpose)?.destroy();
  workers.delete(purpose);
}

export { pdfjs };
