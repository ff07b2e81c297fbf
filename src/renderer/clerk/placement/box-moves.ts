import { keptOnPage, type ShownRectangle, type ShownSize } from '../../../contract/model/page-geometry.ts';

/** Points of 1/72 inch in a millimetre. */
export const MILLIMETRE = 72 / 25.4;

/** Smaller than this nobody can read what a signature says. */
const SMALLEST: ShownSize = Object.freeze({ width: 10 * MILLIMETRE, height: 5 * MILLIMETRE });

export type Corner = 'topLeft' | 'topRight' | 'bottomLeft' | 'bottomRight';
export const CORNERS: readonly Corner[] = ['topLeft', 'topRight', 'bottomLeft', 'bottomRight'];

interface Point {
  readonly x: number;
  readonly y: number;
}

export const moved = (box: ShownRectangle, by: Point, page: ShownSize): ShownRectangle =>
  keptOnPage({ ...box, x: box.x + by.x, y: box.y + by.y }, page);

/** One corner goes with the pointer, the opposite one stays. */
export function resized(box: ShownRectangle, corner: Corner, by: Point, page: ShownSize): ShownRectangle {
  const isLeft = corner === 'topLeft' || corner === 'bottomLeft';
  const isTop = corner === 'topLeft' || corner === 'topRight';
  const right = box.x + box.width;
  const bottom = box.y + box.height;
  const most = {
    width: isLeft ? right : page.width - box.x,
    height: isTop ? bottom : page.height - box.y,
  };
  const width = between(SMALLEST.width, box.width + (isLeft ? -by.x : by.x), most.width);
  const height = between(SMALLEST.height, box.height + (isTop ? -by.y : by.y), most.height);
  return { x: isLeft ? right - width : box.x, y: isTop ? bottom - height : box.y, width, height };
}

/** A new box between where the pointer went down and where it is. Undefined as long as it is too small. */
export function drawn(from: Point, to: Point, page: ShownSize): ShownRectangle | undefined {
  const onPage = ({ x, y }: Point) => ({ x: between(0, x, page.width), y: between(0, y, page.height) });
  const [a, b] = [onPage(from), onPage(to)];
  const box = {
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  };
  return box.width >= SMALLEST.width && box.height >= SMALLEST.height ? box : undefined;
}

/** The same box with its middle at a point: the way to place it without dragging. */
export const centredAt = (box: ShownRectangle, { x, y }: Point, page: ShownSize): ShownRectangle =>
  keptOnPage({ ...box, x: x - box.width / 2, y: y - box.height / 2 }, page);

export type BoxField = keyof ShownRectangle;

/** One number typed by the clerk, in points; the others give way where the page ends. */
export function withField(
  box: ShownRectangle,
  field: BoxField,
  value: number,
  page: ShownSize,
): ShownRectangle {
  const smallest = field === 'width' || field === 'height' ? SMALLEST[field] : 0;
  return keptOnPage({ ...box, [field]: Math.max(smallest, value) }, page);
}

const ARROWS: Readonly<Record<string, Point>> = Object.freeze({
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
});

/** Arrows move by a millimetre, with Ctrl by ten; with Shift they resize at the right and lower edge. */
export function pressed(
  box: ShownRectangle,
  { key, shiftKey, ctrlKey }: { readonly key: string; readonly shiftKey: boolean; readonly ctrlKey: boolean },
  page: ShownSize,
): ShownRectangle | undefined {
  const arrow = ARROWS[key];
  if (!arrow) return undefined;
  const step = (ctrlKey ? 10 : 1) * MILLIMETRE;
  const by = { x: arrow.x * step, y: arrow.y * step };
  return shiftKey ? resized(box, 'bottomRight', by, page) : moved(box, by, page);
}

const between = (least: number, value: number, most: number): number =>
  Math.min(Math.max(least, value), most);
