/** A picture as an image XObject (ISO 32000-2 §8.9.5). */
import { type Syntax, writeNumber, writeReference } from '../../syntax/writer.ts';
import type { Revision } from '../revision.ts';
import type { Figure } from './figure.ts';
import { putJpeg } from './jpeg-image.ts';
import type { ColourLimits, PlacedImage } from './placed-image.ts';
import { putPng } from './png-image.ts';
import type { Box } from './text-layout.ts';

export type Picture =
  | { readonly format: 'png'; readonly bytes: Uint8Array }
  | { readonly format: 'jpeg'; readonly bytes: Uint8Array };

/** @throws OSS_PDF_IMAGE_INVALID. */
export async function drawPicture(
  revision: Revision,
  { format, bytes }: Picture,
  limits: ColourLimits,
  box: Box,
): Promise<Figure> {
  const image = format === 'png' ? await putPng(revision, bytes, limits) : putJpeg(revision, bytes, limits);
  return {
    content: placed(image, box),
    resources: { XObject: new Map([['Im0', writeReference(image.reference)]]) },
  };
}

/** As large as fits, in the middle, without distortion. */
function placed({ width, height, turn }: PlacedImage, box: Box): Syntax {
  const [across, up] = turn.swapsSides ? [height, width] : [width, height];
  const scale = Math.min(box.width / across, box.height / up);
  const drawn = { width: across * scale, height: up * scale };
  const x = box.x + (box.width - drawn.width) / 2;
  const y = box.y + (box.height - drawn.height) / 2;
  const place = [drawn.width, 0, 0, drawn.height, x, y].map(writeNumber).join(' ');
  return `q ${place} cm ${turn.matrix.map(writeNumber).join(' ')} cm /Im0 Do Q\n`;
}
