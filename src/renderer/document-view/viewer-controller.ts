import type { PDFDocumentLoadingTask, PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import {
  EventBus,
  FindState,
  PDFFindController,
  PDFLinkService,
  PDFViewer,
} from 'pdfjs-dist/web/pdf_viewer.mjs';
import type { ShownSize } from '../../contract/model/page-geometry.ts';
import { openDocument } from './open-document.ts';
import { viewerWorker } from './pdfjs.ts';

export interface ViewerState {
  readonly page: number;
  readonly pages: number;
  readonly scale: number;
  readonly status: 'loading' | 'ready' | 'failed';
  /** Some page has been drawn. */
  readonly isDrawn: boolean;
  readonly matches?: { readonly current: number; readonly total: number };
}

/** Where a page lies in what scrolls, in CSS pixels, and its size as shown, in points. */
export interface PageFrame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly size: ShownSize;
}

const ZOOM = Object.freeze({ step: 1.2, smallest: 0.25, largest: 5 });

/** Half of a page, or half of the window full of it, counts as shown. */
const SHOWN = 0.5;

/** Drives pdf.js's own viewer: continuous pages, text layer, zoom, search. Links inside documents do nothing. */
export class ViewerController {
  readonly #events = new EventBus();
  readonly #viewer: PDFViewer;
  readonly #find: PDFFindController;
  readonly #links: PDFLinkService;
  readonly #observer: IntersectionObserver;
  readonly #container: HTMLDivElement;
  readonly #rendered = new Set<number>();
  readonly #visible = new Set<number>();
  readonly #layoutListeners = new Set<() => void>();
  readonly #resize: ResizeObserver;
  readonly #onState: (state: ViewerState) => void;
  readonly #onPageShown: (page: number) => void;
  #task: PDFDocumentLoadingTask | undefined;
  #document: PDFDocumentProxy | undefined;
  /** The page that is to be seen whole as soon as it has been drawn. */
  #wholePage: number | undefined;
  #state: ViewerState = { page: 1, pages: 0, scale: 1, status: 'loading', isDrawn: false };

  constructor(
    container: HTMLDivElement,
    viewer: HTMLDivElement,
    onState: (state: ViewerState) => void,
    onPageShown: (page: number) => void,
  ) {
    this.#container = container;
    this.#onState = onState;
    this.#onPageShown = onPageShown;
    this.#links = new PDFLinkService({ eventBus: this.#events });
    this.#links.externalLinkEnabled = false;
    this.#find = new PDFFindController({ eventBus: this.#events, linkService: this.#links });
    this.#viewer = new PDFViewer({
      container,
      viewer,
      eventBus: this.#events,
      linkService: this.#links,
      findController: this.#find,
      maxCanvasPixels: 2 ** 24,
    });
    this.#links.setViewer(this.#viewer);
    this.#observer = new IntersectionObserver((entries) => this.#observe(entries), {
      root: container,
      threshold: [0, 0.1, 0.25, SHOWN, 0.75, 1],
    });
    this.#resize = new ResizeObserver(() => this.#laidOut());
    this.#resize.observe(container);
    this.#listen();
  }

  /** Undefined until it has been opened. */
  get document(): PDFDocumentProxy | undefined {
    return this.#document;
  }

  /** Where a page is now; undefined for one that does not exist. */
  async frameOf(page: number): Promise<PageFrame | undefined> {
    const size = (await this.#document?.getPage(page))?.getViewport({ scale: 1 });
    const { div } = (this.#viewer.getPageView(page - 1) as { div?: HTMLElement } | undefined) ?? {};
    if (!size || !div) return undefined;
    const place = div.getBoundingClientRect();
    const frame = this.#container.getBoundingClientRect();
    return {
      left: place.left - frame.left + this.#container.scrollLeft,
      top: place.top - frame.top + this.#container.scrollTop,
      width: place.width,
      height: place.height,
      size: { width: size.width, height: size.height },
    };
  }

  /** Told whenever pages may lie elsewhere than before. Returns what ends that. */
  onLayout(listener: () => void): () => void {
    this.#layoutListeners.add(listener);
    return () => this.#layoutListeners.delete(listener);
  }

  load(url: string, bytes: number): void {
    this.#change({ status: 'loading', page: 1, pages: 0 });
    const fail = () => this.#change({ status: 'failed' });
    this.#task = openDocument(url, bytes, fail, viewerWorker());
    this.#task.promise.then((document) => {
      this.#document = document;
      this.#viewer.setDocument(document);
      this.#links.setDocument(document);
      this.#change({ pages: document.numPages });
    }, fail);
  }

  goTo(page: number): void {
    this.#viewer.currentPageNumber = Math.min(Math.max(1, page), this.#state.pages);
  }

  zoomBy(steps: number): void {
    this.#wholePage = undefined;
    const scale = this.#viewer.currentScale * ZOOM.step ** steps;
    this.#viewer.currentScale = Math.min(Math.max(scale, ZOOM.smallest), ZOOM.largest);
  }

  /** Goes to a page and brings all of it in sight, also once its true size is known. */
  showWhole(page: number): void {
    this.goTo(page);
    this.#viewer.currentScaleValue = 'page-fit';
    this.#wholePage = page;
  }

  fitWidth(): void {
    this.#wholePage = undefined;
    this.#viewer.currentScaleValue = 'page-width';
  }

  search(query: string, direction: 'first' | 'next' | 'previous'): void {
    this.#events.dispatch('find', {
      source: this,
      type: direction === 'first' ? '' : 'again',
      query,
      caseSensitive: false,
      entireWord: false,
      highlightAll: true,
      findPrevious: direction === 'previous',
      matchDiacritics: false,
    });
    if (query === '') this.#change({ matches: undefined });
  }

  destroy(): void {
    this.#observer.disconnect();
    this.#resize.disconnect();
    this.#viewer.cleanup();
    void this.#task?.destroy();
  }

  #listen(): void {
    this.#events.on('pagesinit', () => {
      this.fitWidth();
      for (const page of this.#container.querySelectorAll('.page')) this.#observer.observe(page);
      this.#change({ status: 'ready' });
    });
    this.#events.on('pagechanging', ({ pageNumber }: { pageNumber: number }) =>
      this.#change({ page: pageNumber }),
    );
    this.#events.on('scalechanging', ({ scale }: { scale: number }) => {
      this.#change({ scale });
      this.#laidOut();
    });
    this.#events.on('pagerendered', ({ pageNumber, error }: { pageNumber: number; error?: unknown }) => {
      // Only now is the size of the page known: until then it is taken to be that of the first.
      if (pageNumber === this.#wholePage) {
        this.showWhole(pageNumber);
        this.#wholePage = undefined;
      }
      this.#laidOut();
      if (error) return;
      this.#rendered.add(pageNumber);
      if (!this.#state.isDrawn) this.#change({ isDrawn: true });
      this.#release(pageNumber);
      this.#judge(pageNumber);
    });
    this.#events.on('updatefindmatchescount', ({ matchesCount }: { matchesCount: ViewerState['matches'] }) =>
      this.#change({ matches: matchesCount }),
    );
    this.#events.on('updatefindcontrolstate', ({ state, matchesCount }: FindUpdate) =>
      this.#change({ matches: state === FindState.NOT_FOUND ? { current: 0, total: 0 } : matchesCount }),
    );
  }

  /** The picture of a page stays; what it was made from (a scan of 40 MB, unpacked) does not. */
  #release(page: number): void {
    const view = this.#viewer.getPageView(page - 1) as { pdfPage?: PDFPageProxy } | undefined;
    view?.pdfPage?.cleanup();
  }

  #laidOut(): void {
    for (const listener of this.#layoutListeners) listener();
  }

  #observe(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, intersectionRatio, intersectionRect, rootBounds } of entries) {
      const page = Number((target as HTMLElement).dataset.pageNumber);
      const fills = intersectionRect.height >= SHOWN * (rootBounds?.height ?? Number.POSITIVE_INFINITY);
      if (intersectionRatio >= SHOWN || fills) this.#visible.add(page);
      else this.#visible.delete(page);
      this.#judge(page);
    }
  }

  #judge(page: number): void {
    if (this.#visible.has(page) && this.#rendered.has(page)) this.#onPageShown(page);
  }

  #change(changes: { [K in keyof ViewerState]?: ViewerState[K] | undefined }): void {
    const { matches, ...others } = { ...this.#state, ...changes } as ViewerState;
    this.#state = matches ? { ...others, matches } : others;
    this.#onState(this.#state);
  }
}

interface FindUpdate {
  readonly state: number;
  readonly matchesCount: { readonly current: number; readonly total: number };
}
