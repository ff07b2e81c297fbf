import type { PagePicture } from '../../contract/model/page-picture.ts';
import type { PageArea } from '../../contract/model/visible-comparison.ts';

/** One program draws both: what differs by more than rounding differs. */
const TOLERANCE = 8;

/** The smallest rectangle around all dots that differ, in parts of the page; undefined where none does. */
export function differingArea(one: PagePicture, other: PagePicture): PageArea | undefined {
  let [left, top, right, bottom] = [one.width, one.height, -1, -1];
  for (let at = 0; at < one.grey.length; at++) {
    if (Math.abs((one.grey[at] ?? 0) - (other.grey[at] ?? 0)) <= TOLERANCE) continue;
    const [x, y] = [at % one.width, Math.floor(at / one.width)];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  if (right < 0) return undefined;
  return {
    left: left / one.width,
    top: top / one.height,
    width: (right - left + 1) / one.width,
    height: (bottom - top + 1) / one.height,
  };
}
