import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ShownRectangle } from './page-geometry.ts';
import type { Placed } from './placement.ts';
import { proposedPlacement, USUAL_PLACE } from './proposed-placement.ts';

const size = { width: 595.276, height: 841.89 };
const propose = (signatures: readonly ShownRectangle[], pageSize = size) =>
  proposedPlacement(
    { certified: false, fields: [], lastPage: { size: pageSize, signatures: [...signatures] } },
    [],
  );
const overlap = (one: ShownRectangle, other: ShownRectangle): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

describe('the place that is proposed for a signature', () => {
  it('is the usual one on a page without signatures, and with signatures elsewhere', () => {
    expect(propose([])).toBeUndefined();
    expect(propose([{ x: 20, y: 20, width: 100, height: 50 }])).toBeUndefined();
  });

  it('is above the one that an earlier customer left there, and above the next', () => {
    const first = USUAL_PLACE.rectangle;
    const second = (propose([first]) as Placed).rectangle;
    expect(second.x).toBeCloseTo(first.x);
    expect(second.y + second.height).toBeLessThan(first.y);
    const third = (propose([first, second]) as Placed).rectangle;
    expect(third.y + third.height).toBeLessThan(second.y);
  });

  it('is to the left when the column is full, and the usual one when the whole page is', () => {
    const { x, width } = USUAL_PLACE.rectangle;
    const column = { x, y: 0, width, height: size.height };
    expect((propose([column]) as Placed).rectangle.x).toBeLessThan(x - width);
    expect(propose([{ x: 0, y: 0, ...size }])).toBeUndefined();
  });

  const page = fc.record({
    width: fc.double({ min: 50, max: 3000, noNaN: true }),
    height: fc.double({ min: 50, max: 3000, noNaN: true }),
  });
  const box = fc.record({
    x: fc.double({ min: -100, max: 3000, noNaN: true }),
    y: fc.double({ min: -100, max: 3000, noNaN: true }),
    width: fc.double({ min: 1, max: 800, noNaN: true }),
    height: fc.double({ min: 1, max: 800, noNaN: true }),
  });

  it('never overlaps, wherever it is', () => {
    fc.assert(
      fc.property(page, fc.array(box, { maxLength: 40 }), (pageSize, boxes) => {
        const proposal = propose(boxes, pageSize);
        if (proposal?.kind !== 'placed') return;
        const { rectangle } = proposal;
        expect(boxes.filter((one) => overlap(one, rectangle))).toEqual([]);
        expect(Math.min(rectangle.x, rectangle.y)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
