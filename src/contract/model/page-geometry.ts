import { z } from 'zod';

/**
 * A page as a person sees it and as the file describes it. "Shown" means upright, cropped, in points of
 * 1/72 inch from the left and the top edge of what a viewer shows; user space is what the file counts in
 * (ISO 32000-2 §8.3.2.3): from below, before /Rotate, in units of /UserUnit points.
 */
export const userSpaceRectangleSchema = z.strictObject({
  x1: z.number(),
  y1: z.number(),
  x2: z.number(),
  y2: z.number(),
});
export type UserSpaceRectangle = z.infer<typeof userSpaceRectangleSchema>;

export const pageGeometrySchema = z.strictObject({
  /** What a viewer shows: the crop box inside the media box, in user space. */
  view: userSpaceRectangleSchema,
  /** Clockwise, degrees. */
  rotate: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  userUnit: z.number().positive(),
});
export type PageGeometry = z.infer<typeof pageGeometrySchema>;

/** The largest page that ISO 32000-1 annex C allows is 14 400 units; /UserUnit may enlarge it. */
const coordinate = z.number().min(-1_000_000).max(1_000_000);
const extent = z.number().positive().max(1_000_000);

export const shownSizeSchema = z.strictObject({ width: extent, height: extent });
export type ShownSize = z.infer<typeof shownSizeSchema>;

export const shownRectangleSchema = shownSizeSchema.extend({ x: coordinate, y: coordinate });
export type ShownRectangle = z.infer<typeof shownRectangleSchema>;

export function shownSize({ view, rotate, userUnit }: PageGeometry): ShownSize {
  const across = (view.x2 - view.x1) * userUnit;
  const up = (view.y2 - view.y1) * userUnit;
  return rotate % 180 === 0 ? { width: across, height: up } : { width: up, height: across };
}

/** Of a rectangle in user space, where a viewer shows it. */
export function toShown(
  { view, rotate, userUnit }: PageGeometry,
  { x1, y1, x2, y2 }: UserSpaceRectangle,
): ShownRectangle {
  // Distances of the rectangle from the four edges of the unturned page.
  const left = (x1 - view.x1) * userUnit;
  const right = (view.x2 - x2) * userUnit;
  const below = (y1 - view.y1) * userUnit;
  const above = (view.y2 - y2) * userUnit;
  const across = (x2 - x1) * userUnit;
  const up = (y2 - y1) * userUnit;
  switch (rotate) {
    case 90:
      return { x: below, y: left, width: up, height: across };
    case 180:
      return { x: right, y: below, width: across, height: up };
    case 270:
      return { x: above, y: right, width: up, height: across };
    default:
      return { x: left, y: above, width: across, height: up };
  }
}

/** Of a rectangle on the page as shown, the one in user space; never beyond what is shown, not even by rounding. */
export function toUserSpace(geometry: PageGeometry, shown: ShownRectangle): UserSpaceRectangle {
  const { view, rotate, userUnit } = geometry;
  const size = shownSize(geometry);
  const x = shown.x / userUnit;
  const y = shown.y / userUnit;
  const right = (size.width - shown.x - shown.width) / userUnit;
  const below = (size.height - shown.y - shown.height) / userUnit;
  const [fromLeft, fromRight, fromBelow, fromAbove] = (
    {
      0: [x, right, below, y],
      90: [y, below, x, right],
      180: [right, x, y, below],
      270: [below, y, right, x],
    } as const
  )[rotate];
  return {
    x1: Math.max(view.x1, view.x1 + fromLeft),
    y1: Math.max(view.y1, view.y1 + fromBelow),
    x2: Math.min(view.x2, view.x2 - fromRight),
    y2: Math.min(view.y2, view.y2 - fromAbove),
  };
}

/** The same rectangle, moved and where needed made smaller, so that it lies on the page. */
export function keptOnPage(rectangle: ShownRectangle, page: ShownSize): ShownRectangle {
  const width = Math.min(rectangle.width, page.width);
  const height = Math.min(rectangle.height, page.height);
  const within = (value: number, most: number): number => Math.min(Math.max(value, 0), most);
  return {
    x: within(rectangle.x, page.width - width),
    y: within(rectangle.y, page.height - height),
    width,
    height,
  };
}

/**
 * Where a rectangle of one page belongs on a page of another size: as far from the edges that it was nearest
 * to. Bottom right stays bottom right.
 */
export function onOtherPage(rectangle: ShownRectangle, from: ShownSize, to: ShownSize): ShownRectangle {
  const isRight = rectangle.x + rectangle.width / 2 > from.width / 2;
  const isLow = rectangle.y + rectangle.height / 2 > from.height / 2;
  const moved = {
    ...rectangle,
    x: rectangle.x + (isRight ? to.width - from.width : 0),
    y: rectangle.y + (isLow ? to.height - from.height : 0),
  };
  return keptOnPage(moved, to);
}
