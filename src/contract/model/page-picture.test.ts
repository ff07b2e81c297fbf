import { expect, test } from 'vitest';
import { COMPARED_SIDE, DRAWN_LARGER, drawnSmall, looksDifferent, type PagePicture } from './page-picture.ts';

const HEIGHT = COMPARED_SIDE * DRAWN_LARGER;
const WIDTH = 155 * DRAWN_LARGER;

/** A page of which each dot has the shade that is given for it, as it is compared. */
function page(shade: (x: number, y: number) => number): PagePicture {
  const grey = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) =>
    shade(at % WIDTH, Math.floor(at / WIDTH)),
  );
  return drawnSmall({ width: WIDTH, height: HEIGHT, grey });
}

/** Rows of a table, in dots as drawn, and how dark a line between them is. */
const table = (row: number, dark: number) => page((_, y) => (y % row === 0 ? 255 - dark : 255));

test.each([10, 12, 15, 20])('hairlines between rows of %i dots may be drawn a whole dot wide', (row) => {
  expect(looksDifferent(table(row, 230), table(row, 80))).toBe(false);
});

test('a shift of a dot is no difference', () => {
  const words = (by: number) => page((x, y) => (y % 18 < 8 && (x + by) % 9 < 4 ? 40 : 255));
  expect(looksDifferent(words(0), words(2))).toBe(false);
});

test.each([
  ['a word', 36, 9],
  ['a figure of an amount', 18, 14],
  ['a filled box', 30, 30],
])('%s that is missing in one is a difference', (_, width, height) => {
  const withIt = page((x, y) => (x >= 60 && x < 60 + width && y >= 90 && y < 90 + height ? 0 : 255));
  expect(
    looksDifferent(
      withIt,
      page(() => 255),
    ),
  ).toBe(true);
});
