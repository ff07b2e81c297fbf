import './pdfjs.ts';
import type { PDFDocumentLoadingTask } from 'pdfjs-dist';
import {
  EventBus,
  FindState,
  PDFFindController,
  PDFLinkService,
  PDFViewer,
} from 'pdfjs-dist/web/pdf_viewer.mjs';
import { openDocument } from './open-document.ts';

export interface ViewerState {
  readonly page: number;
  readonly pages: number;
  readonly scale: number;
  readonly status: 'loading' | 'ready' | 'failed';
  readonly matches?: { readonly current: number; readonly total: number };
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
  readonly #onState: (state: ViewerState) => void;
  readonly #onPageShown: (page: number) => void;
  #task: PDFDocumentLoadingTask | undefined;
  #state: ViewerState = { page: 1, pages: 0, scale: 1, status: 'loading' };

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
    this.#listen();
  }

  load(url: string, bytes: number): void {
    this.#change({ status: 'loading', page: 1, pages: 0 });
    const fail = () => this.#change({ status: 'failed' });
    this.#task = openDocument(url, bytes, fail);
    this.#task.promise.then((document) => {
      this.#viewer.setDocument(document);
      this.#links.setDocument(document);
      this.#change({ pages: document.numPages });
    }, fail);
  }

  goTo(page: number): void {
    this.#viewer.currentPageNumber = Math.min(Math.max(1, page), this.#state.pages);
  }

  zoomBy(steps: number): void {
    const scale = this.#viewer.currentScale * ZOOM.step ** steps;
    this.#viewer.currentScale = Math.min(Math.max(scale, ZOOM.smallest), ZOOM.largest);
  }

  fitWidth(): void {
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
    this.#events.on('scalechanging', ({ scale }: { scale: number }) => this.#change({ scale }));
    this.#events.on('pagerendered', ({ pageNumber, error }: { pageNumber: number; error?: unknown }) => {
      if (error) return;
      this.#rendered.add(pageNumber);
      this.#judge(pageNumber);
    });
    this.#events.on('updatefindmatchescount', ({ matchesCount }: { matchesCount: ViewerState['matches'] }) =>
      this.#change({ matches: matchesCount }),
    );
    this.#events.on('updatefindcontrolstate', ({ state, matchesCount }: FindUpdate) =>
      this.#change({ matches: state === FindState.NOT_FOUND ? { current: 0, total: 0 } : matchesCount }),
    );
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
