import { type PageRanges, rangesOf } from '../../contract/model/page-ranges.ts';

/** A document that is read. */
interface ReadDocument {
  readonly pages: number;
  /** Pages that cannot be shown wholly. */
  readonly incomplete?: readonly number[];
}

/** Which pages of which document were on the signer's screen, and which cannot be. */
export class Reading {
  readonly #pages: readonly number[];
  readonly #shown: readonly Set<number>[];
  readonly #incomplete: readonly Set<number>[];

  constructor(documents: readonly ReadDocument[]) {
    this.#pages = documents.map(({ pages }) => pages);
    this.#shown = documents.map(() => new Set<number>());
    this.#incomplete = documents.map(({ incomplete = [] }) => new Set(incomplete));
  }

  /** A page that does not exist, or is not whole on any screen, is not counted. */
  show(document: number, page: number): void {
    if (this.#exists(document, page) && !this.#incomplete[document]?.has(page))
      this.#shown[document]?.add(page);
  }

  /** From now on this page does not count. @returns whether that is news */
  cannotShow(document: number, page: number): boolean {
    const incomplete = this.#incomplete[document];
    if (!incomplete || incomplete.has(page) || !this.#exists(document, page)) return false;
    incomplete.add(page);
    this.#shown[document]?.delete(page);
    return true;
  }

  pagesShown(document: number): number[] {
    return inOrder(this.#shown[document]);
  }

  pagesIncomplete(document: number): number[] {
    return inOrder(this.#incomplete[document]);
  }

  /** Takes in pages that were shown before: the screen may have been taken back in between. */
  restore(document: number, ranges: PageRanges): void {
    for (const [from, to] of ranges) {
      for (let page = from; page <= to; page++) this.show(document, page);
    }
  }

  rangesShown(document: number): PageRanges {
    return rangesOf(this.pagesShown(document));
  }

  /** Every page was shown. */
  isWhole(document: number): boolean {
    const pages = this.#pages[document];
    return pages !== undefined && this.#shown[document]?.size === pages;
  }

  get shown(): number {
    return this.#shown.reduce((sum, pages) => sum + pages.size, 0);
  }

  get total(): number {
    return this.#pages.reduce((sum, pages) => sum + pages, 0);
  }

  /** Every page that can be shown was. */
  get isComplete(): boolean {
    const left = this.#incomplete.reduce((sum, pages) => sum + pages.size, 0);
    return this.shown + left === this.total;
  }

  #exists(document: number, page: number): boolean {
    return Number.isInteger(page) && page >= 1 && page <= (this.#pages[document] ?? 0);
  }
}

const inOrder = (pages: Iterable<number> = []): number[] => [...pages].sort((a, b) => a - b);
