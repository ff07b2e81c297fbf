import { describe, expect, it } from 'vitest';
import { pictureDifferences } from './picture-differences.ts';

const [WIDTH, HEIGHT] = [120, 180];

/** A white page with black rectangles: left, top, right and bottom, in dots. */
function page(...boxes: readonly (readonly [number, number, number, number])[]) {
  const bgra = new Uint8Array(WIDTH * HEIGHT * 4).fill(255);
  for (const [left, top, right, bottom] of boxes)
    for (let y = top; y < bottom; y++) bgra.fill(0, (y * WIDTH + left) * 4, (y * WIDTH + right) * 4);
  return { width: WIDTH, height: HEIGHT, bgra };
}
const part = (left: number, top: number, right: number, bottom: number) => ({
  x: left / WIDTH,
  y: top / HEIGHT,
  width: (right - left) / WIDTH,
  height: (bottom - top) / HEIGHT,
});

describe('two pictures of a page', () => {
  it('are the same', () => {
    expect(pictureDifferences(page([10, 10, 50, 20]), page([10, 10, 50, 20]), [])).toBeUndefined();
  });

  it('differ in the smoothing of an edge only', () => {
    expect(pictureDifferences(page(), page([10, 10, 15, 11]), [])).toBeUndefined();
  });

  it('differ where something was drawn, which one box tells for each place', () => {
    const found = pictureDifferences(page(), page([12, 12, 36, 24], [84, 120, 96, 132]), []);
    expect(found).toEqual({ parts: [part(12, 12, 36, 24), part(84, 120, 96, 132)], isExplained: false });
  });

  it('differ where it is explained', () => {
    const found = pictureDifferences(page(), page([12, 12, 36, 24]), [part(10, 10, 40, 30)]);
    expect(found?.isExplained).toBe(true);
  });

  it('differ beside what is explained', () => {
    const found = pictureDifferences(page(), page([12, 12, 60, 24]), [part(10, 10, 40, 30)]);
    expect(found?.isExplained).toBe(false);
  });

  it('differ in a colour of the same shade of grey', () => {
    const [red, green] = [page(), page()];
    for (let at = 0; at < 40 * 4; at += 4) {
      red.bgra.set([0, 0, 255], at);
      green.bgra.set([0, 130, 0], at);
    }
    expect(pictureDifferences(red, green, [])?.isExplained).toBe(false);
  });

  it('differ as a whole where one has another size, or is missing', () => {
    const whole = { parts: [{ x: 0, y: 0, width: 1, height: 1 }], isExplained: false };
    expect(pictureDifferences(page(), { ...page(), height: HEIGHT - 1 }, [])).toEqual(whole);
    expect(pictureDifferences(undefined, page(), [])).toEqual(whole);
  });
});
