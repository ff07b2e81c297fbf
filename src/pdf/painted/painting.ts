/** What a page was found to show, by place. */
import type { Rectangle } from '../read/page-tree.ts';
import { areaOf, boundsOf, common, containsAll, meets, type Quad } from './geometry.ts';

/** `solid`: an upright rectangle in one colour, behind which nothing can be told apart. */
export type PaintKind = 'text' | 'area' | 'solid' | 'picture';

interface Painted {
  readonly kind: PaintKind;
  readonly quad: Quad;
  readonly bounds: Rectangle;
}

/** `picture`: nothing but a picture that fills most of the page, such as a scan. */
export type Beneath = 'content' | 'picture' | undefined;

const MAX_PAINTED = 100_000;
/** A white rectangle is compared with this many coloured places; among more it counts as content. */
const MAX_COLOURED = 2000;
const [THICKEST_RULE, SHORTEST_RULE] = [3, 20];
/** A picture of at least this share of the page is its background. */
const SCAN_SHARE = 0.5;

export class Painting {
  /** Too much, or something that is not understood: then anything may be anywhere. */
  isUnknown = false;
  readonly #painted: Painted[] = [];
  readonly #coloured: Quad[] = [];
  readonly #page: Rectangle;

  constructor(page: Rectangle) {
    this.#page = page;
  }

  /** `clip`: bounds outside of which nothing of it shows. */
  add(kind: PaintKind, quad: Quad, clip: Rectangle, isWhite = false): void {
    if (this.isUnknown || !meets(quad, common(clip, this.#page))) return;
    // White on white paper shows nothing.
    if (isWhite && this.#coloured.length <= MAX_COLOURED && !this.#isOnColour(quad)) return;
    if (kind !== 'text' && kind !== 'picture' && isRule(quad)) return;
    if (this.#painted.length >= MAX_PAINTED) this.isUnknown = true;
    const shown = clipped(quad, clip);
    this.#painted.push({ kind, quad: shown, bounds: boundsOf(shown) });
    if (kind !== 'text') this.#coloured.push(shown);
  }

  #isOnColour(quad: Quad): boolean {
    const bounds = boundsOf(quad);
    return this.#coloured.some((one) => meets(one, bounds));
  }

  beneath(mark: Rectangle): Beneath {
    if (this.isUnknown) return 'content';
    let found: Beneath;
    for (const { kind, quad, bounds } of this.#painted) {
      if (!isNear(bounds, mark) || !meets(quad, mark)) continue;
      const isBackground = containsAll(bounds, mark);
      if (kind === 'solid' && isBackground) continue;
      const isScan = kind === 'picture' && isBackground && this.#share(bounds) >= SCAN_SHARE;
      if (!isScan) return 'content';
      found = 'picture';
    }
    return found;
  }

  /** Whether text stands in the middle of a place, and not only close to its edge. */
  isWritten(place: Rectangle): boolean {
    const inset = Math.min(4, (place.y2 - place.y1) / 3, (place.x2 - place.x1) / 3);
    const core = { x1: place.x1 + inset, y1: place.y1 + inset, x2: place.x2 - inset, y2: place.y2 - inset };
    return this.#painted.some(
      ({ kind, quad, bounds }) => kind === 'text' && isNear(bounds, core) && meets(quad, core),
    );
  }

  #share(bounds: Rectangle): number {
    return areaOf(common(bounds, this.#page)) / (areaOf(this.#page) || 1);
  }
}

/** Before the exact comparison: most of a page is elsewhere. */
const isNear = (a: Rectangle, b: Rectangle): boolean =>
  a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2;

/** A line to write on or between the cells of a table: nothing is lost where it is covered. */
function isRule(quad: Quad): boolean {
  const { x1, y1, x2, y2 } = boundsOf(quad);
  return Math.min(x2 - x1, y2 - y1) <= THICKEST_RULE && Math.max(x2 - x1, y2 - y1) >= SHORTEST_RULE;
}

/** An upright shape is cut at the clip; a turned one is kept whole, which is more than shows. */
function clipped(quad: Quad, clip: Rectangle): Quad {
  const isUpright = quad.every(
    ([x, y], index) => x === quad[(index + 1) % 4]?.[0] || y === quad[(index + 1) % 4]?.[1],
  );
  if (!isUpright) return quad;
  const { x1, y1, x2, y2 } = common(boundsOf(quad), clip);
  return [
    [x1, y1],
    [x2, y1],
    [x2, y2],
    [x1, y2],
  ];
}
