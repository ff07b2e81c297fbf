/** An image in a revision, and how it must be turned to be seen as it was meant. */
import type { PdfReference } from '../../syntax/values.ts';

/** What the archive format of the document demands. */
export interface ColourLimits {
  /** PDF/A-1 forbids it (ISO 19005-1 §6.4). */
  readonly allowTransparency: boolean;
  /** PDF/A asks for colours that do not depend on a device, or on the one of the output intent only. */
  readonly deviceIndependent: boolean;
}

export interface PlacedImage {
  readonly reference: PdfReference;
  /** Pixels as they are stored. */
  readonly width: number;
  readonly height: number;
  /** Quarter turns clockwise, after which the picture stands upright; negative mirrors it first. */
  readonly turn: Turn;
}

/** KeyedQueue the unit square in which an image is drawn (§8.9.4). */
export interface Turn {
  readonly matrix: readonly [number, number, number, number, number, number];
  readonly swapsSides: boolean;
}

export const UPRIGHT: Turn = { matrix: [1, 0, 0, 1, 0, 0], swapsSides: false };
