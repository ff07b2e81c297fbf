import { describe, expect, it } from 'vitest';
import { shownRange } from './shown-range.ts';

describe('the strip of pages', () => {
  it('shows what is in sight and a little around it, of 2,000 pages as of 2', () => {
    expect(shownRange(0, 500, 100, 2000)).toEqual({ first: 1, last: 7 });
    expect(shownRange(100_050, 500, 100, 2000)).toEqual({ first: 999, last: 1008 });
    expect(shownRange(0, 500, 100, 2)).toEqual({ first: 1, last: 2 });
  });

  it('ends with the last page', () => {
    expect(shownRange(199_500, 500, 100, 2000)).toEqual({ first: 1994, last: 2000 });
  });
});
