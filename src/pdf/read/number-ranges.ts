/** Ranges of object numbers, found by bisection: a hostile file may have a great many. */
import { OssError } from '../../contract/errors.ts';

export interface NumberRange {
  readonly first: number;
  readonly count: number;
}

export class NumberRanges<R extends NumberRange> {
  /** By first number. */
  readonly sorted: readonly R[];

  /** @throws OSS_PDF_XREF_DAMAGED where two ranges overlap: readers would disagree which one counts. */
  constructor(ranges: readonly R[]) {
    this.sorted = ranges.filter(({ count }) => count > 0).sort((a, b) => a.first - b.first);
    let end = 0;
    for (const { first, count } of this.sorted) {
      if (first < end) throw new OssError('OSS_PDF_XREF_DAMAGED', { reason: 'an object has two entries' });
      end = first + count;
    }
  }

  find(number: number): R | undefined {
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const range = this.sorted[middle];
      if (range && range.first + range.count <= number) low = middle + 1;
      else high = middle;
    }
    const range = this.sorted[low];
    return range && number >= range.first ? range : undefined;
  }
}
