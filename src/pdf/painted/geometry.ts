/** Places on a page in default user space: what is painted there is a convex quadrilateral, turned text included. */
import type { Rectangle } from '../read/page-tree.ts';

export type Point = readonly [x: number, y: number];
export type Quad = readonly [Point, Point, Point, Point];
/** [a b c d e f] of ISO 32000-2 §8.3.3. */
export type Matrix = readonly [number, number, number, number, number, number];

export const IDENTITY: Matrix = Object.freeze([1, 0, 0, 1, 0, 0] as const);

/** First `m`, then `n`. */
export const times = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[1] * n[2],
  m[0] * n[1] + m[1] * n[3],
  m[2] * n[0] + m[3] * n[2],
  m[2] * n[1] + m[3] * n[3],
  m[4] * n[0] + m[5] * n[2] + n[4],
  m[4] * n[1] + m[5] * n[3] + n[5],
];

export const moved = (m: Matrix, x: number, y: number): Point => [
  m[0] * x + m[2] * y + m[4],
  m[1] * x + m[3] * y + m[5],
];

/** How much longer a length becomes, at most. */
export const scaleOf = (m: Matrix): number => Math.max(Math.hypot(m[0], m[1]), Math.hypot(m[2], m[3]));

export const quadOf = (m: Matrix, { x1, y1, x2, y2 }: Rectangle): Quad => [
  moved(m, x1, y1),
  moved(m, x2, y1),
  moved(m, x2, y2),
  moved(m, x1, y2),
];

export function boundsOf(points: readonly Point[]): Rectangle {
  const bounds = { x1: Number.POSITIVE_INFINITY, y1: Number.POSITIVE_INFINITY, x2: -Infinity, y2: -Infinity };
  for (const [x, y] of points) {
    bounds.x1 = Math.min(bounds.x1, x);
    bounds.y1 = Math.min(bounds.y1, y);
    bounds.x2 = Math.max(bounds.x2, x);
    bounds.y2 = Math.max(bounds.y2, y);
  }
  return bounds;
}

export const rectangleQuad = (rectangle: Rectangle): Quad => quadOf(IDENTITY, rectangle);

/** The band of a line. */
export function bandOf([ax, ay]: Point, [bx, by]: Point, halfWidth: number): Quad {
  const length = Math.hypot(bx - ax, by - ay) || 1;
  const [ux, uy] = [((bx - ax) / length) * halfWidth, ((by - ay) / length) * halfWidth];
  return [
    [ax - ux - uy, ay - uy + ux],
    [ax - ux + uy, ay - uy - ux],
    [bx + ux + uy, by + uy - ux],
    [bx + ux - uy, by + uy + ux],
  ];
}

export const common = (a: Rectangle, b: Rectangle): Rectangle => ({
  x1: Math.max(a.x1, b.x1),
  y1: Math.max(a.y1, b.y1),
  x2: Math.min(a.x2, b.x2),
  y2: Math.min(a.y2, b.y2),
});

export const areaOf = ({ x1, y1, x2, y2 }: Rectangle): number => Math.max(0, x2 - x1) * Math.max(0, y2 - y1);

/** Whether they have more than an edge in common: two convex shapes that no straight line separates. */
export function meets(quad: Quad, rectangle: Rectangle): boolean {
  const box = rectangleQuad(rectangle);
  const axes: Point[] = [
    [1, 0],
    [0, 1],
  ];
  for (let index = 0; index < 4; index += 1) {
    const [from, to] = [quad[index], quad[(index + 1) % 4]];
    if (from && to) axes.push([from[1] - to[1], to[0] - from[0]]);
  }
  return axes.every((axis) => overlapsAlong(axis, quad, box));
}

function overlapsAlong([x, y]: Point, a: Quad, b: Quad): boolean {
  if (x === 0 && y === 0) return true;
  const along = (quad: Quad): number[] => quad.map((point) => point[0] * x + point[1] * y);
  const [first, second] = [along(a), along(b)];
  return Math.min(...first) < Math.max(...second) && Math.min(...second) < Math.max(...first);
}

export const containsAll = (a: Rectangle, { x1, y1, x2, y2 }: Rectangle): boolean =>
  a.x1 <= x1 && a.y1 <= y1 && a.x2 >= x2 && a.y2 >= y2;
