import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PageCoverage, type PagePart } from './coverage.ts';

const NO_GRAIN = { width: 0, height: 0 };
/** Fine enough for every corner of a rectangle of the properties to lie on it. */
const GRID = 24;

const parts: fc.Arbitrary<PagePart> = fc
  .tuple(fc.nat(GRID), fc.nat(GRID), fc.nat(GRID), fc.nat(GRID))
  .map(([a, b, c, d]) => ({
    left: Math.min(a, b) / GRID,
    right: Math.max(a, b) / GRID,
    top: Math.min(c, d) / GRID,
    bottom: Math.max(c, d) / GRID,
  }));

/** The same, counted cell by cell. */
function cellsSeen(seen: readonly PagePart[]): Set<number> {
  const cells = new Set<number>();
  for (let cell = 0; cell < GRID * GRID; cell++) {
    const x = ((cell % GRID) + 0.5) / GRID;
    const y = (Math.floor(cell / GRID) + 0.5) / GRID;
    const isIn = ({ left, right, top, bottom }: PagePart) => left < x && x < right && top < y && y < bottom;
    if (seen.some(isIn)) cells.add(cell);
  }
  return cells;
}

const covered = (seen: readonly PagePart[]): PageCoverage => {
  const coverage = new PageCoverage();
  for (const part of seen) coverage.add(part, NO_GRAIN);
  return coverage;
};

describe('what was seen of a page', () => {
  it('is whole once every part of it passed by, and not before', () => {
    const coverage = covered([{ left: 0, top: 0, right: 1, bottom: 0.74 }]);
    expect(coverage.isWhole).toBe(false);
    expect(coverage.firstUnseen).toEqual({ left: 0, top: 0.74, right: 1, bottom: 1 });
    coverage.add({ left: 0, top: 0.7, right: 1, bottom: 1 }, NO_GRAIN);
    expect(coverage.isWhole).toBe(true);
    expect(coverage.firstUnseen).toBeUndefined();
  });

  it('is as much as its cells, in whatever order and however often they are seen', () => {
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 20 }), (seen) => {
        const cells = cellsSeen(seen);
        const coverage = covered(seen);
        expect(coverage.share).toBeCloseTo(cells.size / (GRID * GRID), 9);
        expect(coverage.isWhole).toBe(cells.size === GRID * GRID);
        expect(covered([...seen].reverse()).share).toBeCloseTo(coverage.share, 9);
        expect(covered([...seen, ...seen]).share).toBeCloseTo(coverage.share, 9);
      }),
    );
  });

  it('names a piece that was not seen, and looking at such pieces ends with the whole page', () => {
    fc.assert(
      fc.property(
        fc.array(parts, { maxLength: 8 }),
        fc.integer({ min: 2, max: GRID }),
        fc.integer({ min: 2, max: GRID }),
        (seen, across, down) => {
          const coverage = covered(seen);
          for (let looks = 0; !coverage.isWhole; looks++) {
            expect(looks).toBeLessThan(4 * GRID * GRID);
            const { left = 0, top = 0 } = coverage.firstUnseen ?? {};
            const before = coverage.share;
            coverage.add(
              { left, top, right: left + across / GRID, bottom: top + down / GRID },
              { width: 1e-9, height: 1e-9 },
            );
            expect(coverage.share).toBeGreaterThan(before);
          }
        },
      ),
    );
  });

  it('does not wait for a border that is narrower than a dot', () => {
    const coverage = new PageCoverage();
    const dot = { width: 1 / 600, height: 1 / 800 };
    coverage.add({ left: 0.0005, top: 0, right: 0.9995, bottom: 0.4999 }, dot);
    coverage.add({ left: 0.0005, top: 0.5, right: 0.9995, bottom: 0.9999 }, dot);
    expect(coverage.isWhole).toBe(true);
  });
});
