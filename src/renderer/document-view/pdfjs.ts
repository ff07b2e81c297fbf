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

/** Of small pictures, which must not keep the reader waiting. */
export const pictureWorker = () => workerFor('pictures');

/**
 * Counts who uses a worker. The returned function begins a use and answers with what ends it; some time after the last
 * one ended the worker goes, and with it what it still holds of the documents it had.
 */
function holding(purpose: string, heldMs: number): () => () => void {
  let uses = 0;
  return () => {
    uses += 1;
    return () => {
      uses -= 1;
      setTimeout(() => uses === 0 && endWorker(purpose), heldMs);
    };
  };
}

/** The next document follows at once, or nobody is there any more. */
export const holdViewerWorker = holding('viewer', 1000);

/** Pictures come several at a time, or for a long time not at all. */
export const holdPictureWorker = holding('pictures', 10_000);

function endWorker(purpose: string): void {
  workers.get(purpose)?.destroy();
  workers.delete(purpose);
}

export { pdfjs };
