// pdf.js alone: opens the document by ranges and draws single pages. No viewer, no thumbnails, no text layer.
const CHUNK = 256 * 1024;
const WIDTH = 728;

/** @type {any} */ let pdfjs;
/** @type {any} */ let worker;
/** @type {any} */ let pdf;

Object.assign(globalThis, {
  /** Loads the library and starts its worker, as the station does while nobody waits. */
  async warmUp() {
    pdfjs = await import(/** @type {any} */ ('/pdfjs/build/pdf.min.mjs'));
    pdfjs.GlobalWorkerOptions.workerSrc = '/pdfjs/build/pdf.worker.min.mjs';
    worker = new pdfjs.PDFWorker();
    await worker.promise;
  },
  async openDocument() {
    const bytes = await (await fetch('/document')).json();
    const range = new pdfjs.PDFDataRangeTransport(bytes, null);
    range.requestDataRange = async (/** @type {number} */ begin, /** @type {number} */ end) => {
      const response = await fetch('/document', { headers: { range: `bytes=${begin}-${end - 1}` } });
      range.onDataRange(begin, new Uint8Array(await response.arrayBuffer()));
    };
    const how = { rangeChunkSize: CHUNK, disableAutoFetch: true, disableStream: true };
    pdf = await pdfjs.getDocument({ range, worker, ...how }).promise;
  },
  async drawPage(/** @type {number} */ number) {
    const page = await pdf.getPage(number);
    const viewport = page.getViewport({ scale: WIDTH / page.getViewport({ scale: 1 }).width });
    const canvas = document.createElement('canvas');
    canvas.width = viewport.width;
    canvas.height = viewport.height;
    document.body.replaceChildren(canvas);
    await page.render({ canvas, viewport }).promise;
    page.cleanup();
    await new Promise(requestAnimationFrame);
  },
});
