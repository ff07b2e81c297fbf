import type { PDFDocumentLoadingTask, PDFDocumentProxy } from 'pdfjs-dist';
import {
  EventBus,
  type PDFLinkService,
  type PDFPageView,
  type PDFViewer,
  RenderingStates,
} from 'pdfjs-dist/web/pdf_viewer.mjs';
import type { UserSpaceRectangle } from '../../contract/model/page-geometry.ts';
import { DrawingGuard } from './drawing-guard.ts';
import { Glimpse } from './glimpse.ts';
import { LEGIBLE_SCALE, scrollTo } from './legible.ts';
import { openDocument } from './open-document.ts';
import { openViewer } from './open-viewer.ts';
import { boxWithin, frameOfPage } from './page-frame.ts';
import { isSharp, type PageView } from './page-view.ts';
import { holdViewerWorker, pdfjs, viewerWorker } from './pdfjs.ts';
import { onMatches, type SearchDirection, search } from './search.ts';
import { type PageOnScreen, ReadingRecord, ShownPages } from './shown-pages.ts';
import { INITIAL_STATE, type PageFrame, type ViewerListeners, type ViewerState } from './viewer-state.ts';

const ZOOM = Object.freeze({ step: 1.2, smallest: 0.25, largest: 5 });

/** What pdf.js leaves beside a page that it fits to the width, in CSS pixels. */
const FITTING_MARGIN = 40;

/** From so many pages on laying them out takes longer than drawing the first. */
const LONG = 200;

/** Pages before and after the one that is read, which are drawn beforehand or still in sight. */
const NEIGHBOURS = 2;

/** Drives pdf.js's own viewer: continuous pages, text layer, zoom, search. Links inside documents do nothing. */
export class ViewerController {
  readonly #events = new EventBus();
  readonly #viewer: PDFViewer;
  /** Ends what listens on the document of the window: it would keep every page, with its text, as long as that. */
  readonly #ending = new AbortController();
  readonly #links: PDFLinkService;
  readonly #shown: ShownPages;
  readonly #container: HTMLDivElement;
  readonly #layoutListeners = new Set<() => void>();
  readonly #resize: ResizeObserver;
  readonly #listeners: ViewerListeners;
  /** Pages whose drawing has begun and not ended. */
  readonly #begun = new Set<number>();
  readonly #glimpse: Glimpse;
  readonly #guard: DrawingGuard;
  readonly #record: ReadingRecord;
  readonly #releaseWorker = holdViewerWorker();
  readonly #failed = new Set<number>();
  #source: { readonly url: string; readonly bytes: number } | undefined;
  /** Where to be again once a document has been opened again. */
  #returnTo: number | undefined;
  #isDestroyed = false;
  #task: PDFDocumentLoadingTask | undefined;
  #document: PDFDocumentProxy | undefined;
  /** The page that is to be seen whole as soon as it has been drawn. */
  #wholePage: number | undefined;
  #state: ViewerState = INITIAL_STATE;

  /** @param record what was seen of the document before */
  constructor(
    container: HTMLDivElement,
    viewer: HTMLDivElement,
    listeners: ViewerListeners,
    record = new ReadingRecord(),
  ) {
    this.#container = container;
    this.#record = record;
    this.#guard = new DrawingGuard({ onBlocked: (page) => this.#endBlocked(page) });
    this.#glimpse = new Glimpse(container);
    this.#listeners = listeners;
    const { links, viewer: made } = openViewer(container, viewer, this.#events, this.#ending.signal);
    this.#links = links;
    this.#viewer = made;
    const watched = { scale: 1, pagesInSight: () => this.#pagesInSight() };
    Object.defineProperty(watched, 'scale', { get: () => this.#viewer.currentScale });
    this.#shown = new ShownPages(container, watched, record, (page) => listeners.onPageShown(page));
    this.#resize = new ResizeObserver(() => this.#resized());
    this.#resize.observe(container);
    this.#listen();
  }

  /** Undefined until it has been opened. */
  get document(): PDFDocumentProxy | undefined {
    return this.#document;
  }

  /** The picture of a page; undefined while it has none. */
  drawn(page: number): HTMLCanvasElement | undefined {
    const view = this.#viewOf(page);
    return view?.renderingState === RenderingStates.FINISHED ? (view.canvas ?? undefined) : undefined;
  }

  /** Where a page is now; undefined for one that does not exist. */
  async frameOf(page: number): Promise<PageFrame | undefined> {
    const size = (await this.#document?.getPage(page))?.getViewport({ scale: 1 });
    const view = this.#viewOf(page);
    return size && view && frameOfPage(boxWithin(this.#container, view.div), size);
  }

  /** Told whenever pages may lie elsewhere than before. Returns what ends that. */
  onLayout(listener: () => void): () => void {
    this.#layoutListeners.add(listener);
    return () => this.#layoutListeners.delete(listener);
  }

  load(url: string, bytes: number): void {
    this.#source = { url, bytes };
    this.#change({ status: 'loading', page: 1, pages: 0 });
    const fail = () => this.#change({ status: 'failed' });
    const { task, failed } = openDocument(url, bytes, viewerWorker());
    this.#task = task;
    const isCurrent = () => this.#task === task;
    void failed.then(() => isCurrent() && fail());
    task.promise.then((document) => this.#show(document)).catch(() => isCurrent() && fail());
  }

  async #show(document: PDFDocumentProxy): Promise<void> {
    this.#document = document;
    this.#guard.watch(document);
    const first = await document.getPage(1);
    // Every page is laid out when the viewer makes it, and again when the scale changes: with the scale that
    // fitWidth will ask for, thousands of pages are laid out once.
    const fitting = this.#container.clientWidth - FITTING_MARGIN;
    const { width } = first.getViewport({ scale: pdfjs.PixelsPerInch.PDF_TO_CSS_UNITS });
    this.#viewer._currentScale = fitting / width;
    if (document.numPages > LONG) {
      const isDrawn = await this.#glimpse.show(first, fitting);
      if (this.#isDestroyed) return;
      this.#change({ isDrawn });
    }
    this.#viewer.setDocument(document);
    this.#links.setDocument(document);
    this.#change({ pages: document.numPages });
  }

  goTo(page: number): void {
    this.#viewer.currentPageNumber = Math.min(Math.max(1, page), this.#state.pages);
  }

  /**
   * Brings the next part of a page that was not seen into sight, a screenful at a time and large enough to be read.
   * @param isDone pages that need not be looked at
   * @returns false where nothing is left
   */
  showNext(isDone: (page: number) => boolean): boolean {
    const { page: from, pages } = this.#state;
    const order = Array.from({ length: pages }, (_, index) => ((from - 1 + index) % pages) + 1);
    const next = order.find((page) => !isDone(page) && !this.#failed.has(page));
    if (next === undefined) return false;
    this.#wholePage = undefined;
    if (this.#viewer.currentScale < LEGIBLE_SCALE) this.#viewer.currentScale = LEGIBLE_SCALE;
    const part = this.#record.coverageOf(next).firstUnseen;
    const view = this.#viewOf(next);
    if (!part || !view) return false;
    const frame = { width: this.#container.clientWidth, height: this.#container.clientHeight };
    this.#container.scrollTo(scrollTo(part, boxWithin(this.#container, view.div), frame));
    this.#shown.look();
    return true;
  }

  /** Brings a place on a page into the middle of what is in sight. */
  async showPlace(page: number, rectangle: UserSpaceRectangle): Promise<void> {
    const frame = await this.frameOf(page);
    if (!frame) return;
    const { left, top, width, height } = frame.place(rectangle);
    const { clientWidth, clientHeight } = this.#container;
    this.#container.scrollTo({
      left: frame.left + left + width / 2 - clientWidth / 2,
      top: frame.top + top + height / 2 - clientHeight / 2,
    });
  }

  /** The end of the last page. */
  goToEnd(): void {
    this.#container.scrollTo({ top: this.#container.scrollHeight, left: this.#container.scrollLeft });
  }

  /** As on the screen, or as a printer would put it on paper: documents can hold different things for each. */
  showAsPrinted(asPrinted: boolean): void {
    const document = this.#document;
    if (!document || asPrinted === this.#state.asPrinted) return;
    this.#guard.asPrinted = asPrinted;
    this.#viewer.optionalContentConfigPromise = document.getOptionalContentConfig({
      intent: asPrinted ? 'print' : 'display',
    });
    this.#viewer.refresh();
    this.#change({ asPrinted });
  }

  zoomBy(steps: number): void {
    this.#wholePage = undefined;
    const scale = this.#viewer.currentScale * ZOOM.step ** steps;
    this.#viewer.currentScale = Math.min(Math.max(scale, ZOOM.smallest), ZOOM.largest);
  }

  /** Goes to a page and brings all of it in sight, also once its true size is known. */
  showWhole(page: number): void {
    // It is the current page that is fitted.
    this.goTo(page);
    this.#viewer.currentScaleValue = 'page-fit';
    // With the scale the viewer goes back to where it last saw itself, which is where it was before.
    this.goTo(page);
    this.#wholePage = page;
  }

  fitWidth(): void {
    this.#wholePage = undefined;
    this.#viewer.currentScaleValue = 'page-width';
  }

  search(query: string, direction: SearchDirection): void {
    search(this.#events, this, query, direction);
    if (query === '') this.#change({ matches: undefined });
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#releaseWorker();
    this.#glimpse.end();
    this.#shown.end();
    this.#resize.disconnect();
    this.#viewer.setDocument(null as unknown as PDFDocumentProxy);
    this.#links.setDocument(null);
    this.#ending.abort();
    void this.#task?.destroy();
  }

  #listen(): void {
    this.#events.on('pagesinit', () => {
      this.fitWidth();
      this.#change({ status: 'ready' });
      if (this.#returnTo !== undefined) this.goTo(this.#returnTo);
      this.#returnTo = undefined;
    });
    this.#events.on('pagechanging', ({ pageNumber }: { pageNumber: number }) =>
      this.#change({ page: pageNumber }),
    );
    this.#events.on('updateviewarea', () => this.#abandon());
    this.#events.on('pagerender', ({ pageNumber }: { pageNumber: number }) => {
      this.#begun.add(pageNumber);
      this.#viewOf(pageNumber)?.div.setAttribute('aria-label', this.#listeners.labelOf(pageNumber));
    });
    this.#events.on('scalechanging', ({ scale }: { scale: number }) => {
      this.#change({ scale, isTooSmall: scale < LEGIBLE_SCALE });
      this.#laidOut();
    });
    this.#events.on('pagerendered', ({ pageNumber, error }: { pageNumber: number; error?: unknown }) => {
      this.#glimpse.end();
      // Only now is the size of the page known: until then it is taken to be that of the first.
      if (pageNumber === this.#wholePage) {
        this.showWhole(pageNumber);
        this.#wholePage = undefined;
      }
      this.#begun.delete(pageNumber);
      this.#laidOut();
      if (error) return this.#fail(pageNumber);
      if (!this.#state.isDrawn) this.#change({ isDrawn: true });
      this.#release(pageNumber);
      this.#shown.look();
    });
    onMatches(this.#events, (matches) => this.#change({ matches }));
  }

  #pagesInSight(): PageOnScreen[] {
    const scale = this.#viewer.currentScale;
    const { views } = this.#viewer._getVisiblePages() as { views: readonly { view: PageView }[] };
    return views.map(({ view }) => ({
      number: view.id,
      element: view.div,
      isDrawn: !this.#failed.has(view.id) && isSharp(view, scale),
    }));
  }

  #fail(page: number): void {
    if (this.#failed.has(page)) return;
    this.#failed.add(page);
    this.#listeners.onPageFailed(page);
  }

  /** What draws such a page can only be ended; the document is opened once more without it. */
  #endBlocked(page: number): void {
    if (this.#isDestroyed || !this.#source) return;
    this.#fail(page);
    this.#returnTo = this.#state.page;
    const { url, bytes } = this.#source;
    const ended = this.#task;
    this.#viewer.setDocument(null as unknown as PDFDocumentProxy);
    this.load(url, bytes);
    void ended?.destroy();
  }

  /** A page that was fitted to the window stays fitted to it. */
  #resized(): void {
    const fitted = this.#viewer.currentScaleValue;
    if (this.#state.status === 'ready' && ['page-width', 'page-fit'].includes(fitted)) {
      if (this.#wholePage === undefined) this.#viewer.currentScaleValue = fitted;
      else this.showWhole(this.#wholePage);
    }
    this.#laidOut();
    this.#shown.look();
  }

  /** The picture of a page stays; what it was made from (a scan of 40 MB, unpacked) does not. */
  #release(page: number): void {
    this.#viewOf(page)?.pdfPage?.cleanup();
  }

  /** A page that went out of sight while it was drawn would hold its unpacked images until it comes back. */
  #abandon(): void {
    const { page } = this.#state;
    for (const begun of this.#begun) {
      const view = this.#viewOf(begun);
      if (Math.abs(begun - page) <= NEIGHBOURS || view?.renderingState !== RenderingStates.PAUSED) continue;
      this.#begun.delete(begun);
      view.destroy();
    }
  }

  #viewOf(page: number): PDFPageView | undefined {
    return this.#viewer.getPageView(page - 1) as PDFPageView | undefined;
  }

  #laidOut(): void {
    for (const listener of this.#layoutListeners) listener();
  }

  #change(changes: { [K in keyof ViewerState]?: ViewerState[K] | undefined }): void {
    const { matches, ...others } = { ...this.#state, ...changes } as ViewerState;
    this.#state = matches ? { ...others, matches } : others;
    this.#listeners.onState(this.#state);
  }
}
