import { z } from 'zod';

/** A page in little, in shades of grey: one byte a dot, line by line from the top. 255 is white. */
export interface PagePicture {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
}

/** The same between processes, which exchange texts. */
export const sentPictureSchema = z.strictObject({
  width: z.number().int().positive().max(1000),
  height: z.number().int().positive().max(1000),
  grey: z.base64(),
});
export type SentPicture = z.infer<typeof sentPictureSchema>;

/** Dots of the longer side of pictures that are compared. */
export const COMPARED_SIDE = 220;

/**
 * Pictures are drawn larger by so much, and made small afterwards: a viewer that draws no line thinner than a dot would
 * otherwise make every hairline of a table three or four times as dark as one that does.
 */
export const DRAWN_LARGER = 3;

/** Dots around one over which edges are evened out: viewers place and smooth letters differently by about one. */
const BLUR = 2;

/** By so much, of 255, the evened-out shade of a dot may differ. */
const TOLERANCE = 42;

/** So many dots have to differ, of the whole page: fewer are the edge of something. */
const LEAST_DOTS = 14;

/**
 * Whether two viewers draw the same page so differently that a person should look: something is missing, is more, or
 * has another shade. Typefaces, smoothing and shifts of a dot are no difference.
 */
export function looksDifferent(one: PagePicture, other: PagePicture): boolean {
  const [a, b] = [evened(one), evened(scaledTo(other, one))];
  let differing = 0;
  for (let at = 0; at < a.length; at++) if (Math.abs((a[at] ?? 0) - (b[at] ?? 0)) > TOLERANCE) differing += 1;
  return differing >= LEAST_DOTS;
}

/**
 * A picture that was drawn larger, as small as it is compared: every dot is the mean of those it was drawn with.
 * @param large its sides are multiples of `DRAWN_LARGER`
 */
export function drawnSmall(large: PagePicture): PagePicture {
  const [width, height] = [large.width / DRAWN_LARGER, large.height / DRAWN_LARGER];
  const grey = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let row = 0; row < DRAWN_LARGER; row++) {
        const from = (y * DRAWN_LARGER + row) * large.width + x * DRAWN_LARGER;
        for (let at = from; at < from + DRAWN_LARGER; at++) sum += large.grey[at] ?? 255;
      }
      grey[y * width + x] = Math.round(sum / DRAWN_LARGER ** 2);
    }
  }
  return { width, height, grey };
}

/** Sizes may differ by the rounding of a dot. */
function scaledTo(picture: PagePicture, { width, height }: PagePicture): PagePicture {
  if (picture.width === width && picture.height === height) return picture;
  const grey = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [fromX, fromY] = [
        Math.min(picture.width - 1, Math.floor((x * picture.width) / width)),
        Math.min(picture.height - 1, Math.floor((y * picture.height) / height)),
      ];
      grey[y * width + x] = picture.grey[fromY * picture.width + fromX] ?? 255;
    }
  }
  return { width, height, grey };
}

/** Each dot as the mean of those around it. */
function evened({ width, height, grey }: PagePicture): Float32Array {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const above = sums[y * (width + 1) + x + 1] ?? 0;
      const left = sums[(y + 1) * (width + 1) + x] ?? 0;
      const corner = sums[y * (width + 1) + x] ?? 0;
      sums[(y + 1) * (width + 1) + x + 1] = (grey[y * width + x] ?? 255) + above + left - corner;
    }
  }
  const means = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [x1, x2] = [Math.max(0, x - BLUR), Math.min(width, x + BLUR + 1)];
      const [y1, y2] = [Math.max(0, y - BLUR), Math.min(height, y + BLUR + 1)];
      const at = (row: number, column: number): number => sums[row * (width + 1) + column] ?? 0;
      means[y * width + x] = (at(y2, x2) - at(y1, x2) - at(y2, x1) + at(y1, x1)) / ((x2 - x1) * (y2 - y1));
    }
  }
  return means;
}
