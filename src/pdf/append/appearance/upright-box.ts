/** The box of a signature as the reader of the page sees it (ISO 32000-2 §12.5.5, §7.7.3.3). */
import type { PdfPage, Rectangle } from '../../read/page-tree.ts';

export interface UprightBox {
  /** In 1/72 inch. */
  readonly width: number;
  readonly height: number;
  /** KeyedQueue the box against the rotation of the page; viewers then fit it into the rectangle. */
  readonly matrix: readonly [number, number, number, number, number, number];
}

/** A unit of the page may be larger than 1/72 inch; print is as large on every page. */
export function uprightBox(
  { x1, y1, x2, y2 }: Rectangle,
  { rotate, userUnit }: Pick<PdfPage, 'rotate' | 'userUnit'>,
): UprightBox {
  const w = (x2 - x1) * userUnit;
  const h = (y2 - y1) * userUnit;
  switch (rotate) {
    case 90:
      return { width: h, height: w, matrix: [0, 1, -1, 0, w, 0] };
    case 180:
      return { width: w, height: h, matrix: [-1, 0, 0, -1, w, h] };
    case 270:
      return { width: h, height: w, matrix: [0, -1, 1, 0, 0, h] };
    default:
      return { width: w, height: h, matrix: [1, 0, 0, 1, 0, 0] };
  }
}
