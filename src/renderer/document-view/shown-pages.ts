/** Half of a page, or half of the window full of it, counts as shown. */
const SHOWN = 0.5;

/** Which pages a person had before their eyes: drawn, and in sight. */
export class ShownPages {
  readonly #onShown: (page: number) => void;
  readonly #observer: IntersectionObserver;
  readonly #drawn = new Set<number>();
  readonly #visible = new Set<number>();

  /** @param root what scrolls */
  constructor(root: HTMLElement, onShown: (page: number) => void) {
    this.#onShown = onShown;
    this.#observer = new IntersectionObserver((entries) => this.#observe(entries), {
      root,
      threshold: [0, 0.1, 0.25, SHOWN, 0.75, 1],
    });
  }

  /** Only what is drawn can have been seen; a long document has thousands of pages that never are. */
  watch(div: HTMLElement): void {
    this.#observer.observe(div);
  }

  drawn(page: number): void {
    this.#drawn.add(page);
    this.#judge(page);
  }

  end(): void {
    this.#observer.disconnect();
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
    if (this.#visible.has(page) && this.#drawn.has(page)) this.#onShown(page);
  }
}
