import type { PDFDocumentProxy, PDFPageProxy, RenderTask } from 'pdfjs-dist';

/** Far more than a dense page of an honest document takes; a page that is made to block takes minutes. */
const DEADLINE_MS = 15_000;

/** Why a page has no picture. */
export class PageNotDrawn extends Error {
  override readonly name = 'PageNotDrawn';
}

interface GuardOptions {
  /** Told of a page whose drawing was not over in time. What draws it has to be ended: it does not listen. */
  onBlocked(page: number): void;
  readonly deadline?: number;
}

/** Stands between a viewer and the pages that it draws. */
export class DrawingGuard {
  readonly #options: GuardOptions;
  /** Not drawn again. */
  readonly #blocked = new Set<number>();
  readonly #guarded = new WeakSet<PDFPageProxy>();
  /** Whether pages are drawn as a printer would put them on paper. */
  asPrinted = false;

  constructor(options: GuardOptions) {
    this.#options = options;
  }

  /** Every page that the document hands out from now on draws within the deadline. */
  watch(document: PDFDocumentProxy): void {
    const getPage = document.getPage.bind(document);
    document.getPage = async (number) => this.#guard(await getPage(number));
  }

  #guard(page: PDFPageProxy): PDFPageProxy {
    if (this.#guarded.has(page)) return page;
    this.#guarded.add(page);
    const render = page.render.bind(page);
    page.render = (parameters) => {
      if (this.#blocked.has(page.pageNumber)) return refusedTask(page.pageNumber);
      const task = render({ ...parameters, intent: this.asPrinted ? 'print' : 'display' });
      this.#time(task, page.pageNumber);
      return task;
    };
    return page;
  }

  #time(task: RenderTask, page: number): void {
    const { deadline = DEADLINE_MS, onBlocked } = this.#options;
    const timer = setTimeout(() => {
      this.#blocked.add(page);
      onBlocked(page);
    }, deadline);
    task.promise.then(
      () => clearTimeout(timer),
      () => clearTimeout(timer),
    );
  }
}

/** What a viewer of pdf.js takes for a task that has failed already. */
function refusedTask(page: number): RenderTask {
  const promise = Promise.reject(new PageNotDrawn(`page ${page} takes too long to draw`));
  promise.catch(() => undefined);
  return { promise, cancel: () => undefined, isWorkerRendering: false } as unknown as RenderTask;
}
