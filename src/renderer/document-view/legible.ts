import type { PagePart } from './coverage.ts';

/**
 * From this scale on a page can be read (1 is its size on paper, at 96 dots an inch): ten-point type is then eight dots
 * high. What passed by smaller was not shown.
 */
export const LEGIBLE_SCALE = 0.6;

/** In CSS pixels, from the same corner. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The part of a page that lies inside what its frame shows; undefined where nothing does. */
export function partInSight(page: Box, frame: Box): PagePart | undefined {
  const left = Math.max(page.left, frame.left);
  const right = Math.min(page.left + page.width, frame.left + frame.width);
  const top = Math.max(page.top, frame.top);
  const bottom = Math.min(page.top + page.height, frame.top + frame.height);
  if (!(left < right && top < bottom)) return undefined;
  return {
    left: (left - page.left) / page.width,
    top: (top - page.top) / page.height,
    right: (right - page.left) / page.width,
    bottom: (bottom - page.top) / page.height,
  };
}

/** Kept in sight from one look to the next, in CSS pixels: a line of text that was cut is whole in one of them. */
const OVERLAP = 24;

/**
 * Where to scroll so that a part of a page comes into sight, its top left corner first. A part that reaches beyond one
 * side and would fit beside it is taken from that side, so that a press never moves by a few dots only.
 * @param page in what scrolls
 */
export function scrollTo(
  part: PagePart,
  page: Box,
  frame: Pick<Box, 'width' | 'height'>,
): { readonly left: number; readonly top: number } {
  return {
    left: Math.max(0, page.left + part.left * page.width - (part.left > 0 ? OVERLAP : 0)),
    top: Math.max(0, page.top + part.top * page.height - (part.top > 0 ? overlapOf(frame.height) : 0)),
  };
}

/** Of a low frame less, so that a look is always most of a screenful. */
const overlapOf = (height: number): number => Math.min(OVERLAP, height / 8);
