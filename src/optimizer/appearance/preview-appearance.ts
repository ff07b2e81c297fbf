import type { VisibleSignature } from '../../contract/model/appearance.ts';
import { type AppearancePreview, drawPreview } from '../../pdf/index.ts';
import type { Typefaces } from '../../typography/typefaces.ts';
import { describeVisible } from './describe-visible.ts';
import type { AppearanceValues } from './fill-variables.ts';

/** Rotation and unit of a page. */
export interface PageTurn {
  readonly rotate: 0 | 90 | 180 | 270;
  readonly userUnit: number;
}

export interface PreviewOptions {
  readonly values: AppearanceValues;
  /** See `openTypefaces`; opened once, it serves any number of previews. */
  readonly typefaces: Typefaces;
  /** Rotation and unit of the page that the signature goes to; upright and 1/72 inch without it. */
  readonly page?: PageTurn;
}

/**
 * What a visible signature will look like: a PDF of one page that is exactly its box, upright, drawn by the
 * code that draws the real one. Touches no file; the page and the place in `visible` give only the size.
 * @throws OssError OSS_PDF_TEXT_UNSUPPORTED, OSS_PDF_IMAGE_INVALID, OSS_PDF_RECTANGLE_INVALID
 */
export async function previewAppearance(
  visible: VisibleSignature,
  { values, typefaces, page = { rotate: 0, userUnit: 1 } }: PreviewOptions,
): Promise<AppearancePreview> {
  return drawPreview(await describeVisible(visible, values, typefaces), page);
}
