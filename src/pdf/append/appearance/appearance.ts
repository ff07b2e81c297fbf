/** The appearance of a visible signature: a picture, lines of text, or both (ISO 32000-2 §12.5.5). */
import { OssError } from '../../../contract/errors.ts';
import type { PdfPage, Rectangle } from '../../read/page-tree.ts';
import type { PdfReference } from '../../syntax/values.ts';
import {
  type Syntax,
  writeArray,
  writeDictionary,
  writeNumber,
  writeReference,
} from '../../syntax/writer.ts';
import type { Revision } from '../revision.ts';
import { EmbeddedFont } from './embedded-font.ts';
import { type PlacedImage, putImage } from './png-image.ts';
import { type Box, fitText } from './text-layout.ts';

export interface AppearanceOptions {
  readonly rectangle: Rectangle;
  readonly rotate: PdfPage['rotate'];
  readonly text?: readonly string[];
  readonly font?: Uint8Array;
  readonly png?: Uint8Array;
  /** PDF/A-1 forbids it (ISO 19005-1 §6.4). */
  readonly allowTransparency: boolean;
}

const MAX_PADDING = 3;
/** Share of the box that the picture takes beside text. */
const IMAGE_SHARE = 0.4;

/**
 * Puts the form XObject into the revision. Throws OSS_PDF_TEXT_UNSUPPORTED, OSS_PDF_IMAGE_INVALID, and
 * OSS_PDF_RECTANGLE_INVALID where the text does not fit even in small print.
 */
export async function putAppearance(revision: Revision, options: AppearanceOptions): Promise<PdfReference> {
  const { width, height, matrix } = uprightBox(options);
  const text = (options.text ?? []).map((line) => line.normalize('NFC')).filter((line) => line.trim() !== '');
  const image = options.png && (await putImage(revision, options.png, options.allowTransparency));
  const padding = Math.min(MAX_PADDING, width / 10, height / 10);
  const inner = { x: padding, y: padding, width: width - 2 * padding, height: height - 2 * padding };
  const [imageBox, textBox] = image && text.length > 0 ? split(inner, padding) : [inner, inner];
  const resources: [string, Syntax][] = [];
  let content = '';
  if (image) {
    content += drawImage(image, imageBox);
    resources.push(['XObject', writeDictionary([['Im0', writeReference(image.reference)]])]);
  }
  if (text.length > 0) {
    const font = await openFont(options.font);
    content += drawText(text, font, textBox);
    resources.push(['Font', writeDictionary([['F0', writeReference(font.put(revision))]])]);
  }
  const form = revision.allocate();
  const entries = new Map<string, Syntax>([
    ['Type', '/XObject'],
    ['Subtype', '/Form'],
    ['BBox', writeArray([0, 0, width, height].map(writeNumber))],
    ['Matrix', writeArray(matrix.map(writeNumber))],
    ['Resources', writeDictionary(resources)],
  ]);
  revision.putStream(form, entries, Buffer.from(content, 'latin1'));
  return form;
}

async function openFont(bytes: Uint8Array | undefined): Promise<EmbeddedFont> {
  if (!bytes) throw new OssError('OSS_PDF_TEXT_UNSUPPORTED', { reason: 'no typeface was given' });
  return EmbeddedFont.open(bytes);
}

/** The box as the reader sees it, and the matrix that turns it against the rotation of the page. */
function uprightBox({ rectangle, rotate }: AppearanceOptions): {
  width: number;
  height: number;
  matrix: readonly number[];
} {
  const w = rectangle.x2 - rectangle.x1;
  const h = rectangle.y2 - rectangle.y1;
  switch (rotate) {
    case 90:
      return { width: h, height: w, matrix: [0, 1, -1, 0, w, 0] };
    case 180:
      return { width: w, height: h, matrix: [-1, 0, 0, -1, w, h] };
    case 270:
      return { width: h, height: w, matrix: [0, -1, 1, 0, 0, h] };
    default:
      return { width: w, height: h, matrix: [1, 0, 0, 1, 0, 0] };
  }
}

/** Picture to the left of the text in a wide box, above it in a tall one. */
function split({ x, y, width, height }: Box, gap: number): [Box, Box] {
  if (width >= height) {
    const left = width * IMAGE_SHARE;
    return [
      { x, y, width: left, height },
      { x: x + left + gap, y, width: width - left - gap, height },
    ];
  }
  const upper = height * IMAGE_SHARE;
  return [
    { x, y: y + height - upper, width, height: upper },
    { x, y, width, height: height - upper - gap },
  ];
}

/** As large as fits, in the middle, without distortion. */
function drawImage({ width, height }: PlacedImage, box: Box): string {
  const scale = Math.min(box.width / width, box.height / height);
  const drawn = { width: width * scale, height: height * scale };
  const x = box.x + (box.width - drawn.width) / 2;
  const y = box.y + (box.height - drawn.height) / 2;
  const matrix = [drawn.width, 0, 0, drawn.height, x, y].map(writeNumber).join(' ');
  return `q ${matrix} cm /Im0 Do Q\n`;
}

function drawText(text: readonly string[], font: EmbeddedFont, box: Box): string {
  const { size, leading, lines } = fitText(text, font, box);
  const block = leading * (lines.length - 1) + (font.ascent - font.descent) * size;
  const first = box.y + (box.height + block) / 2 - font.ascent * size;
  let content = `BT /F0 ${writeNumber(size)} Tf 0 g ${writeNumber(leading)} TL\n`;
  content += `1 0 0 1 ${writeNumber(box.x)} ${writeNumber(first)} Tm\n`;
  for (const [index, line] of lines.entries()) content += `${index > 0 ? 'T* ' : ''}${font.show(line)} Tj\n`;
  return `${content}ET\n`;
}
