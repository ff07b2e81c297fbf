/** A path under construction (ISO 32000-2 §8.5.2), in default user space. */
import { bandOf, boundsOf, type Matrix, moved, type Point, type Quad, rectangleQuad } from './geometry.ts';

const MAX_POINTS = 200_000;

export class Path {
  #subpaths: Point[][] = [];
  #points = 0;

  get isTooLong(): boolean {
    return this.#points > MAX_POINTS;
  }

  move(ctm: Matrix, x: number, y: number): void {
    this.#subpaths.push([]);
    this.line(ctm, x, y);
  }

  line(ctm: Matrix, x: number, y: number): void {
    this.#points += 1;
    if (this.isTooLong) return;
    if (this.#subpaths.length === 0) this.#subpaths.push([]);
    this.#subpaths.at(-1)?.push(moved(ctm, x, y));
  }

  close(): void {
    const subpath = this.#subpaths.at(-1);
    const [first] = subpath ?? [];
    if (subpath && first && subpath.length > 1) subpath.push(first);
  }

  rectangle(ctm: Matrix, x: number, y: number, width: number, height: number): void {
    this.move(ctm, x, y);
    this.line(ctm, x + width, y);
    this.line(ctm, x + width, y + height);
    this.line(ctm, x, y + height);
    this.close();
  }

  /** Of curves, what their control points span. */
  bounds() {
    return boundsOf(this.#subpaths.flat());
  }

  /** Each part as it is filled: an upright rectangle, or what bounds another shape. */
  filled(): { readonly quad: Quad; readonly isRectangle: boolean }[] {
    return this.#subpaths
      .filter((points) => points.length > 1)
      .map((points) => ({ quad: rectangleQuad(boundsOf(points)), isRectangle: isRectangle(points) }));
  }

  /** The bands along its lines. */
  *stroked(halfWidth: number): Generator<Quad> {
    for (const points of this.#subpaths) {
      for (const [index, point] of points.entries()) {
        const next = points[index + 1];
        if (next) yield bandOf(point, next, halfWidth);
      }
    }
  }

  clear(): void {
    this.#subpaths = [];
    this.#points = 0;
  }
}

/** Four upright sides. */
function isRectangle(points: readonly Point[]): boolean {
  if (points.length !== 4 && points.length !== 5) return false;
  const [first, , third, , last = points[0]] = points;
  const isClosed = last?.[0] === first?.[0] && last?.[1] === first?.[1];
  const isUpright = points.every(([x, y], index) => {
    const next = points[(index + 1) % points.length];
    return next !== undefined && (x === next[0] || y === next[1]);
  });
  return isClosed && isUpright && first?.[0] !== third?.[0] && first?.[1] !== third?.[1];
}
