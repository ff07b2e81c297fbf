import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ShownRectangle } from '../../../contract/model/page-geometry.ts';
import { CORNERS, centredAt, drawn, MILLIMETRE, moved, pressed, resized, withField } from './box-moves.ts';

const page = { width: 595, height: 842 };
const box = { x: 100, y: 200, width: 180, height: 60 };
const number = fc.double({ min: -2000, max: 2000, noNaN: true });
const key = (name: string, held: { shiftKey?: boolean; ctrlKey?: boolean } = {}) => ({
  key: name,
  shiftKey: false,
  ctrlKey: false,
  ...held,
});

function expectOnPage({ x, y, width, height }: ShownRectangle): void {
  expect(x).toBeGreaterThanOrEqual(0);
  expect(y).toBeGreaterThanOrEqual(0);
  expect(x + width).toBeLessThanOrEqual(page.width + 1e-9);
  expect(y + height).toBeLessThanOrEqual(page.height + 1e-9);
  expect(width).toBeGreaterThan(0);
  expect(height).toBeGreaterThan(0);
}

describe('the box of a signature', () => {
  it('stays on the page whatever is done to it', () => {
    fc.assert(
      fc.property(number, number, fc.constantFrom(...CORNERS), (x, y, corner) => {
        expectOnPage(moved(box, { x, y }, page));
        expectOnPage(resized(box, corner, { x, y }, page));
        expectOnPage(centredAt(box, { x, y }, page));
        for (const field of ['x', 'y', 'width', 'height'] as const)
          expectOnPage(withField(box, field, x, page));
      }),
    );
  });

  it('keeps the corner that is not held', () => {
    expect(resized(box, 'topLeft', { x: 10, y: -20 }, page)).toEqual({
      x: 110,
      y: 180,
      width: 170,
      height: 80,
    });
    expect(resized(box, 'bottomRight', { x: 10, y: -20 }, page)).toEqual({
      x: 100,
      y: 200,
      width: 190,
      height: 40,
    });
  });

  it('moves by a millimetre with an arrow, by ten with Ctrl, and is resized with Shift', () => {
    expect(pressed(box, key('ArrowRight'), page)?.x).toBeCloseTo(100 + MILLIMETRE);
    expect(pressed(box, key('ArrowUp', { ctrlKey: true }), page)?.y).toBeCloseTo(200 - 10 * MILLIMETRE);
    expect(pressed(box, key('ArrowDown', { shiftKey: true }), page)).toEqual({
      ...box,
      height: 60 + MILLIMETRE,
    });
    expect(pressed(box, key('Tab'), page)).toBeUndefined();
  });

  it('is drawn between two points in any direction, unless it would be too small to read', () => {
    expect(drawn({ x: 300, y: 300 }, { x: 200, y: 250 }, page)).toEqual({
      x: 200,
      y: 250,
      width: 100,
      height: 50,
    });
    expect(drawn({ x: 300, y: 300 }, { x: 302, y: 302 }, page)).toBeUndefined();
  });
});
