/** A signature drawn by hand, as outlines of its strokes (ISO 32000-2 §8.5). */
import { getStroke } from 'perfect-freehand';
import { type Syntax, writeNumber } from '../../syntax/writer.ts';
import type { Paint } from './colour-space.ts';
import type { Figure } from './figure.ts';
import type { Box } from './text-layout.ts';

type Point = readonly [x: number, y: number];

export interface Ink {
  /** Points of each stroke; y grows downward, as on a screen. */
  readonly strokes: readonly (readonly Point[])[];
  /** In the same units; without it one that suits the size of the drawing. */
  readonly penWidth?: number;
}

/** Of the longer side of a drawing whose pen is not told. */
const PEN_SHARE = 0.022;
/** A pen is wider where it is slow, and its way is a little smoother than the hand's. */
const PEN = { thinning: 0.5, smoothing: 0.5, streamline: 0.4, simulatePressure: true, last: true } as const;

/** As large as fits, in the middle of the box, without distortion. */
export function drawInk({ strokes, penWidth }: Ink, { black, resources }: Paint, box: Box): Figure {
  const extent = extentOf(strokes.flat());
  const pen = penWidth ?? Math.max(extent.width, extent.height, 1) * PEN_SHARE;
  const width = extent.width + pen;
  const height = extent.height + pen;
  const scale = Math.min(box.width / width, box.height / height);
  const left = box.x + (box.width - width * scale) / 2 + (pen / 2) * scale;
  const top = box.y + (box.height + height * scale) / 2 - (pen / 2) * scale;
  const place = ([x, y]: Point): Point => [left + (x - extent.x) * scale, top - (y - extent.y) * scale];
  let content = `q ${black}\n`;
  for (const stroke of strokes) {
    const points = stroke.map((point): [number, number] => [...point]);
    content += outline(getStroke(points, { ...PEN, size: pen }).map(place));
  }
  return { content: `${content}Q\n`, resources: { ColorSpace: resources } };
}

function extentOf(points: readonly Point[]): Box {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const lowest = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b));
  const highest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b));
  const [x, y] = [lowest(xs), lowest(ys)];
  return { x, y, width: highest(xs) - x, height: highest(ys) - y };
}

/** A closed curve through the middles of the edges, with the corners as its control points. */
function outline(corners: readonly Point[]): Syntax {
  const middle = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const towards = (a: Point, corner: Point): Point => [
    a[0] + (2 / 3) * (corner[0] - a[0]),
    a[1] + (2 / 3) * (corner[1] - a[1]),
  ];
  const [first, last] = [corners[0], corners.at(-1)];
  if (!first || !last) return '';
  let from = middle(last, first);
  let path = `${numbers(from)} m\n`;
  for (const [index, corner] of corners.entries()) {
    const to = middle(corner, corners[index + 1] ?? first);
    path += `${numbers(towards(from, corner))} ${numbers(towards(to, corner))} ${numbers(to)} c\n`;
    from = to;
  }
  return `${path}f\n`;
}

const numbers = ([x, y]: Point): Syntax => `${writeNumber(x)} ${writeNumber(y)}`;
