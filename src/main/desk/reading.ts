/** Which pages of which document were on the signer's screen. */
export class Reading {
  readonly #pages: readonly number[];
  readonly #shown: readonly Set<number>[];

  /** @param pages number of pages of each document, in order */
  constructor(pages: readonly number[]) {
    this.#pages = pages;
    this.#shown = pages.map(() => new Set<number>());
  }

  /** A page that does not exist is not counted. */
  show(document: number, page: number): void {
    if (Number.isInteger(page) && page >= 1 && page <= (this.#pages[document] ?? 0))
      this.#shown[document]?.add(page);
  }

  pagesShown(document: number): number[] {
    return [...(this.#shown[document] ?? [])].sort((a, b) => a - b);
  }

  get shown(): number {
    return this.#shown.reduce((sum, pages) => sum + pages.size, 0);
  }

  get total(): number {
    return this.#pages.reduce((sum, pages) => sum + pages, 0);
  }

  get isComplete(): boolean {
    return this.shown === this.total;
  }
}
