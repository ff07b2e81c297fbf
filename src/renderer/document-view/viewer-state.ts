/** What a viewer tells of itself, and where it says its pages are. */
import type { ShownSize, UserSpaceRectangle } from '../../contract/model/page-geometry.ts';

export interface ViewerState {
  readonly page: number;
  readonly pages: number;
  readonly scale: number;
  readonly status: 'loading' | 'ready' | 'failed';
  /** Some page has been drawn. */
  readonly isDrawn: boolean;
  /** So small that nobody can read it: what passes by is not counted. */
  readonly isTooSmall: boolean;
  /** Pages are shown as a printer would put them on paper. */
  readonly asPrinted: boolean;
  readonly matches?: { readonly current: number; readonly total: number };
}

/** Where a page lies in what scrolls, in CSS pixels, and its size as shown, in points. */
export interface PageFrame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly size: ShownSize;
  /** Of a rectangle in user space, where it lies on the page, in CSS pixels. */
  place(rectangle: UserSpaceRectangle): Omit<PageFrame, 'size' | 'place'>;
}

export interface ViewerListeners {
  onState(state: ViewerState): void;
  onPageShown(page: number): void;
  /** A page cannot be drawn, or not in time. */
  onPageFailed(page: number): void;
  /** What a page is called by who does not see it. */
  labelOf(page: number): string;
}

export const INITIAL_STATE: ViewerState = Object.freeze({
  page: 1,
  pages: 0,
  scale: 1,
  status: 'loading',
  isDrawn: false,
  isTooSmall: false,
  asPrinted: false,
});
