import type { PDFDocumentLoadingTask } from 'pdfjs-dist';
import { pdfjs } from './pdfjs.ts';

/** Big enough to make few requests, small enough to show the first page of a big file at once. */
const CHUNK = 256 * 1024;

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
    const response = await fetch(this.#url, {
      headers: { range: `bytes=${begin}-${end - 1}` },
      signal: this.#abort.signal,
    });
    if (response.status !== 206) throw new Error(`status ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }
}

/**
 * Opens a PDF for the eye only: no scripts, no forms of XFA, no fonts or files from elsewhere.
 * `onFailure` is told when a piece cannot be read any more (the file changed or is gone).
 */
export function openDocument(url: string, bytes: number, onFailure: () => void): PDFDocumentLoadingTask {
  return pdfjs.getDocument({
    range: new RangeTransport(url, bytes, onFailure),
    rangeChunkSize: CHUNK,
    disableAutoFetch: true,
    disableStream: true,
    enableXfa: false,
    useSystemFonts: false,
    maxImageSize: 100_000_000,
    cMapUrl: '/pdfjs/cmaps/',
    cMapPacked: true,
    standardFontDataUrl: '/pdfjs/standard_fonts/',
    wasmUrl: '/pdfjs/wasm/',
    iccUrl: '/pdfjs/iccs/',
  });
}
