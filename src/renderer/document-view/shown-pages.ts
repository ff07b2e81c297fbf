import { PageCoverage } from './coverage.ts';
import { type Box, LEGIBLE_SCALE, partInSight } from './legible.ts';

/** A page as it is on the screen now. */
export interface PageOnScreen {
  readonly number: number;
  readonly element: HTMLElement;
  /** All of it has been drawn, with so many dots that it can be read. */
  readonly isDrawn: boolean;
}

/** What was seen of each page of one document; kept while another document is read. */
export class ReadingRecord {
  readonly #pages = new Map<number, PageCoverage>();

  coverageOf(page: number): PageCoverage {
    const known = this.#pages.get(page) ?? new PageCoverage();
    this.#pages.set(page, known);
    return known;
  }
}

interface Watched {
  /** 1 is the size on paper. */
  readonly scale: number;
  pagesInSight(): readonly PageOnScreen[];
}

/** A dot and a half: what rounding may leave between two views. */
const GRAIN_PX = 1.5;

/**
 * Which pages a person had before their eyes: drawn, large enough to be read, and every part of them inside the frame
 * at some moment.
 */
export class ShownPages {
  readonly #frame: HTMLElement;
  readonly #watched: Watched;
  readonly #record: ReadingRecord;
  readonly #onShown: (page: number) => void;
  readonly #end = new AbortController();
  #isAsked = false;

  /** @param frame what scrolls */
  constructor(frame: HTMLElement, watched: Watched, record: ReadingRecord, onShown: (page: number) => void) {
    this.#frame = frame;
    this.#watched = watched;
    this.#record = record;
    this.#onShown = onShown;
    const { signal } = this.#end;
    frame.addEventListener('scroll', () => this.look(), { passive: true, signal });
    document.addEventListener('visibilitychange', () => this.look(), { signal });
  }

  /** Looks once in the next frame, when what changed is on the screen. */
  look(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    requestAnimationFrame(() => {
      this.#isAsked = false;
      if (!this.#end.signal.aborted) this.#look();
    });
  }

  end(): void {
    this.#end.abort();
  }

  #look(): void {
    if (document.visibilityState === 'hidden' || this.#watched.scale < LEGIBLE_SCALE) return;
    const frame = insideOf(this.#frame);
    for (const { number, element, isDrawn } of this.#watched.pagesInSight()) {
      const box = element.getBoundingClientRect();
      const part = isDrawn ? partInSight(box, frame) : undefined;
      if (!part) continue;
      const coverage = this.#record.coverageOf(number);
      if (coverage.isWhole) continue;
      coverage.add(part, { width: GRAIN_PX / box.width, height: GRAIN_PX / box.height });
      if (coverage.isWhole) this.#onShown(number);
    }
  }
}

/** Without its scroll bars. */
function insideOf(element: HTMLElement): Box {
  const { left, top } = element.getBoundingClientRect();
  return {
    left: left + element.clientLeft,
    top: top + element.clientTop,
    width: element.clientWidth,
    height: element.clientHeight,
  };
}
