/** Where pages lie in what scrolls. */
import type { PageViewport } from 'pdfjs-dist';
import type { Box } from './legible.ts';
import type { PageFrame } from './viewer-state.ts';

/** The place of an element in the contents of what scrolls, in CSS pixels. */
export function boxWithin(container: HTMLElement, element: HTMLElement): Box {
  const place = element.getBoundingClientRect();
  const frame = container.getBoundingClientRect();
  return {
    left: place.left - frame.left + container.scrollLeft,
    top: place.top - frame.top + container.scrollTop,
    width: place.width,
    height: place.height,
  };
}

/** @param size the page at the scale 1 */
export function frameOfPage(
  box: Box,
  size: Pick<PageViewport, 'width' | 'height' | 'convertToViewportPoint'>,
): PageFrame {
  const scale = box.width / size.width;
  return {
    ...box,
    size: { width: size.width, height: size.height },
    place({ x1, y1, x2, y2 }) {
      const [left = 0, top = 0] = size.convertToViewportPoint(x1, y1);
      const [right = 0, bottom = 0] = size.convertToViewportPoint(x2, y2);
      return {
        left: Math.min(left, right) * scale,
        top: Math.min(top, bottom) * scale,
        width: Math.abs(right - left) * scale,
        height: Math.abs(bottom - top) * scale,
      };
    },
  };
}
