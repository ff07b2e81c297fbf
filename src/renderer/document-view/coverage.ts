/** A part of a page, in fractions of its width and height: 0 is left or top, 1 is right or bottom. */
export interface PagePart {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const WHOLE_PAGE: PagePart = Object.freeze({ left: 0, top: 0, right: 1, bottom: 1 });

const areaOf = ({ left, top, right, bottom }: PagePart): number => (right - left) * (bottom - top);

/** What is left of a part once another one is taken away: at most four pieces that do not overlap. */
function without(part: PagePart, taken: PagePart): PagePart[] {
  const left = Math.max(part.left, taken.left);
  const right = Math.min(part.right, taken.right);
  const top = Math.max(part.top, taken.top);
  const bottom = Math.min(part.bottom, taken.bottom);
  if (left >= right || top >= bottom) return [part];
  return [
    { ...part, bottom: top },
    { ...part, top: bottom },
    { left: part.left, top, right: left, bottom },
    { left: right, top, right: part.right, bottom },
  ].filter((piece) => areaOf(piece) > 0);
}

/** Which parts of one page have been before a person's eyes. */
export class PageCoverage {
  #left: readonly PagePart[] = [WHOLE_PAGE];

  /**
   * @param grain pieces narrower or lower than this fraction are of no account: a border of less than a dot that
   *   rounding left between two views
   */
  add(seen: PagePart, grain: { readonly width: number; readonly height: number }): void {
    this.#left = this.#left
      .flatMap((part) => without(part, seen))
      .filter(({ left, right, top, bottom }) => right - left > grain.width && bottom - top > grain.height);
  }

  get isWhole(): boolean {
    return this.#left.length === 0;
  }

  /** Of its area, from 0 to 1. */
  get share(): number {
    return 1 - this.#left.reduce((sum, part) => sum + areaOf(part), 0);
  }

  /** The first piece that nobody saw, as one reads: from the top, then from the left. */
  get firstUnseen(): PagePart | undefined {
    return this.#left.reduce<PagePart | undefined>((first, part) => {
      if (!first) return part;
      return part.top < first.top || (part.top === first.top && part.left < first.left) ? part : first;
    }, undefined);
  }
}
