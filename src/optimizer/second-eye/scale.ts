/** The longer side of the pictures that are compared, in dots: text of 6 points is still told apart. */
const SIDE = 900;

/** Dots of both sides of a picture. @param width of the page, in points; `height` too */
export function scaledToCompare(width: number, height: number) {
  const scale = SIDE / Math.max(width, height);
  const dots = (length: number) => Math.max(1, Math.round(length * scale));
  return { width: dots(width), height: dots(height) };
}
