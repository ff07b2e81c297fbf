import type { VisiblePlace } from '../../pdf/index.ts';
import type { ColourPicture } from '../rendering/pdfium.ts';

type PartOfPage = Omit<VisiblePlace, 'page'>;

/** One program draws both pictures: what was not touched is alike to the dot, but for the last bit of a shade. */
const SHADE = 6;
/** A widget may draw its frame half outside of its rectangle, and smooth that. */
const MARGIN_DOTS = 3;
/** Fewer single dots are the smoothing of an edge. */
const LEAST_DOTS = 6;
/** Dots that differ are told as parts of the page made of squares of this side. */
const SQUARE = 12;

export interface PictureDifferences {
  readonly parts: readonly PartOfPage[];
  readonly isExplained: boolean;
}

/**
 * Where two pictures of a page differ.
 * @param expected where a difference is explained
 * @returns undefined where they show the same
 */
export function pictureDifferences(
  one: ColourPicture | undefined,
  other: ColourPicture | undefined,
  expected: readonly PartOfPage[],
): PictureDifferences | undefined {
  if (!one && !other) return undefined;
  if (!one || !other || one.width !== other.width || one.height !== other.height)
    return { parts: [{ x: 0, y: 0, width: 1, height: 1 }], isExplained: false };
  const { width, height } = one;
  const isExpected = maskOf(expected, width, height);
  const columns = Math.ceil(width / SQUARE);
  const squares = new Uint8Array(columns * Math.ceil(height / SQUARE));
  let [differing, unexplained] = [0, 0];
  for (let at = 0; at < width * height; at++) {
    if (!differs(one.bgra, other.bgra, at * 4)) continue;
    differing += 1;
    if (isExpected[at] === 0) unexplained += 1;
    squares[Math.floor(Math.floor(at / width) / SQUARE) * columns + Math.floor((at % width) / SQUARE)] = 1;
  }
  if (differing < LEAST_DOTS) return undefined;
  return {
    parts: joined(squares, columns).map((box) => ({
      x: (box.left * SQUARE) / width,
      y: (box.top * SQUARE) / height,
      width: Math.min(1, ((box.right + 1 - box.left) * SQUARE) / width),
      height: Math.min(1, ((box.bottom + 1 - box.top) * SQUARE) / height),
    })),
    isExplained: unexplained < LEAST_DOTS,
  };
}

const differs = (one: Uint8Array, other: Uint8Array, at: number): boolean =>
  Math.abs((one[at] ?? 0) - (other[at] ?? 0)) > SHADE ||
  Math.abs((one[at + 1] ?? 0) - (other[at + 1] ?? 0)) > SHADE ||
  Math.abs((one[at + 2] ?? 0) - (other[at + 2] ?? 0)) > SHADE;

/** 1 for each dot inside one of these parts. */
function maskOf(parts: readonly PartOfPage[], width: number, height: number): Uint8Array {
  const mask = new Uint8Array(width * height);
  for (const part of parts) {
    const left = Math.max(0, Math.floor(part.x * width) - MARGIN_DOTS);
    const right = Math.min(width, Math.ceil((part.x + part.width) * width) + MARGIN_DOTS);
    const top = Math.max(0, Math.floor(part.y * height) - MARGIN_DOTS);
    const bottom = Math.min(height, Math.ceil((part.y + part.height) * height) + MARGIN_DOTS);
    for (let row = top; row < bottom; row++)
      if (left < right) mask.fill(1, row * width + left, row * width + right);
  }
  return mask;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Squares that touch each other, as one box each. */
function joined(squares: Uint8Array, columns: number): Box[] {
  const seen = new Uint8Array(squares.length);
  const boxes: Box[] = [];
  for (let start = 0; start < squares.length; start++) {
    if (squares[start] === 0 || seen[start] === 1) continue;
    const box = { left: columns, top: squares.length, right: 0, bottom: 0 };
    const waiting = [start];
    seen[start] = 1;
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const [x, y] = [at % columns, Math.floor(at / columns)];
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
      const beside = [x > 0 ? at - 1 : at, x + 1 < columns ? at + 1 : at, at - columns, at + columns];
      for (const next of beside) {
        if (next < 0 || next >= squares.length || squares[next] === 0 || seen[next] === 1) continue;
        seen[next] = 1;
        waiting.push(next);
      }
    }
    boxes.push(box);
  }
  return boxes;
}
