import type { PDFDocumentLoadingTask, PDFWorker } from 'pdfjs-dist';
import { pdfjs } from './pdfjs.ts';

/** Up to here one request is cheaper than many, whichever pages are looked at. */
const READ_WHOLE = 4 * 1024 * 1024;

/**
 * What is read around an object of a larger file. Neighbouring pieces become one request, so that a small piece costs
 * a large picture nothing; and of the many pages that are only counted, nothing but their dictionaries is kept.
 */
const CHUNK = 64 * 1024;

/**
 * From here on pictures are unpacked without a canvas of the worker: that is quicker, but leaves four bytes for every
 * dot of a page behind until some garbage collection of the worker, and a file of this size has large pages.
 */
const LARGE = 64 * 1024 * 1024;

/** A large picture is fetched in parts: main would otherwise have all of it in memory, more than once. */
const LARGEST_RESPONSE = 2 * 1024 * 1024;

/** Loads a document piece by piece: only what the pages on the screen need is ever read. */
class RangeTransport extends pdfjs.PDFDataRangeTransport {
  readonly #url: string;
  readonly #abort = new AbortController();
  readonly #onFailure: () => void;

  constructor(url: string, bytes: number, onFailure: () => void) {
    super(bytes, null);
    this.#url = url;
    this.#onFailure = onFailure;
  }

  override requestDataRange(begin: number, end: number): void {
    this.#fetch(begin, end).then(
      (chunk) => this.onDataRange(begin, chunk),
      () => this.#abort.signal.aborted || this.#onFailure(),
    );
  }

  override abort(): void {
    this.#abort.abort();
  }

  async #fetch(begin: number, end: number): Promise<Uint8Array> {
    if (end - begin <= LARGEST_RESPONSE) return this.#fetchPart(begin, end);
    const whole = new Uint8Array(end - begin);
    for (let at = begin; at < end; at += LARGEST_RESPONSE) {
      whole.set(await this.#fetchPart(at, Math.min(end, at + LARGEST_RESPONSE)), at - begin);
    }
    return whole;
  }

  async #fetchPart(begin: number, end: number): Promise<Uint8Array> {
    const response = await fetch(this.#url, {
      headers: { range: `bytes=${begin}-${end - 1}` },
      signal: this.#abort.signal,
    });
    if (response.status !== 206) throw new Error(`status ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }
}

/**
 * Nothing that a document brings is run: no XFA, no code made from text (an option of releases that still had it), no
 * hooks for debugging. What pdf.js loads beside its code comes from the station's own files.
 */
const FOR_THE_EYE = Object.freeze({
  enableXfa: false,
  isEvalSupported: false,
  pdfBug: false,
  // Drawn beside the window, which lives on whatever a page makes its drawing do.
  disableWorkerRendering: false,
  useSystemFonts: false,
  maxImageSize: 100_000_000,
  cMapUrl: '/pdfjs/cmaps/',
  cMapPacked: true,
  standardFontDataUrl: '/pdfjs/standard_fonts/',
  wasmUrl: '/pdfjs/wasm/',
  iccUrl: '/pdfjs/iccs/',
});
/** Main knows it from the clerk, and tells it to a window that may read the document. */
async function passwordOf(url: string): Promise<string | undefined> {
  const { headers } = await fetch(url, { method: 'HEAD' });
  const encoded = headers.get('document-password');
  return encoded === null ? undefined : decodeURIComponent(encoded);
}

export interface OpenedDocument {
  readonly task: PDFDocumentLoadingTask;
  /** Resolves when it cannot be read (any more): the file changed or is gone, or its password is not known. */
  readonly failed: Promise<void>;
}

/** Opens a PDF for the eye only: no scripts, no forms of XFA, no fonts or files from elsewhere. */
export function openDocument(url: string, bytes: number, worker: PDFWorker): OpenedDocument {
  const { promise: failed, resolve: onFailure } = Promise.withResolvers<void>();
  const source =
    bytes <= READ_WHOLE
      ? { url, disableRange: true }
      : { range: new RangeTransport(url, bytes, onFailure), rangeChunkSize: CHUNK };
  const task = pdfjs.getDocument({
    ...source,
    disableAutoFetch: true,
    disableStream: true,
    isOffscreenCanvasSupported: bytes < LARGE,
    worker,
    ...FOR_THE_EYE,
  });
  task.onPassword = (update: (password: string) => void, reason: number) => {
    if (reason !== pdfjs.PasswordResponses.NEED_PASSWORD) return onFailure();
    passwordOf(url).then((password) => (password === undefined ? onFailure() : update(password)), onFailure);
  };
  task.promise.catch(() => onFailure());
  return { task, failed };
}

/** Opens a small PDF that the station itself has made, whole. */
export const openMadeDocument = (url: string, worker: PDFWorker): PDFDocumentLoadingTask =>
  pdfjs.getDocument({ url, worker, ...FOR_THE_EYE });
