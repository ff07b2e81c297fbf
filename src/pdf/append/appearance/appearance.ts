/** The appearance of a visible signature: picture or drawing, lines of text, QR code (ISO 32000-2 §12.5.5). */
import { OssError } from '../../../contract/errors.ts';
import type { Typefaces } from '../../../typography/typefaces.ts';
import type { PdfReference } from '../../syntax/values.ts';
import { type Syntax, writeArray, writeDictionary, writeNumber } from '../../syntax/writer.ts';
import type { Revision } from '../revision.ts';
import { paintFor } from './colour-space.ts';
import type { Figure } from './figure.ts';
import type { Ink } from './ink.ts';
import type { Picture } from './picture.ts';
import type { ColourLimits } from './placed-image.ts';
import type { Box } from './text-layout.ts';
import type { UprightBox } from './upright-box.ts';

/** What a signature shows. */
export interface AppearanceContent {
  readonly text?: readonly string[];
  /** Needed where there is text. */
  readonly typefaces?: Typefaces;
  /** A picture or ink, not both. */
  readonly picture?: Picture;
  readonly ink?: Ink;
  readonly qrCode?: string;
}

const MAX_PADDING = 3;
/** Share of the box that a picture or a drawing takes beside something else. */
const PICTURE_SHARE = 0.4;
/** The most that a QR code takes of the longer side beside something else. */
const QR_SHARE = 0.45;

/**
 * Puts the form XObject into the revision.
 * @throws OSS_PDF_TEXT_UNSUPPORTED, OSS_PDF_IMAGE_INVALID, and OSS_PDF_RECTANGLE_INVALID where the text does not fit
 * even in small print or the QR code could not be scanned.
 */
export async function putAppearance(
  revision: Revision,
  content: AppearanceContent,
  { width, height, matrix }: UprightBox,
  limits: ColourLimits,
): Promise<PdfReference> {
  const figures: Figure[] = [];
  for (const [draw, box] of placed(partsOf(revision, content, limits), width, height)) {
    figures.push(await draw(box));
  }
  const form = revision.allocate();
  const entries = new Map<string, Syntax>([
    ['Type', '/XObject'],
    ['Subtype', '/Form'],
    ['BBox', writeArray([0, 0, width, height].map(writeNumber))],
    ['Matrix', writeArray(matrix.map(writeNumber))],
    ['Resources', writeDictionary(resourcesOf(figures))],
  ]);
  revision.putStream(form, entries, Buffer.from(figures.map((figure) => figure.content).join(''), 'latin1'));
  return form;
}

/** Of a field that shows nothing: PDF/A-1 wants an appearance of every field (ISO 19005-1 §6.9). */
export function putEmptyAppearance(revision: Revision): PdfReference {
  const form = revision.allocate();
  const entries = new Map<string, Syntax>([
    ['Type', '/XObject'],
    ['Subtype', '/Form'],
    ['BBox', '[0 0 0 0]'],
  ]);
  revision.putStream(form, entries, new Uint8Array());
  return form;
}

type Draw = (box: Box) => Promise<Figure>;

interface Part {
  readonly draw: Draw;
  /** How much of the longer side it wants, of `long` times `across`; 0 takes what is left. */
  extent(long: number, across: number): number;
}

function partsOf(
  revision: Revision,
  { text, typefaces, picture, ink, qrCode }: AppearanceContent,
  limits: ColourLimits,
): Part[] {
  // What draws is loaded when it is needed: most signatures are invisible, and none needs all of it.
  const parts: Part[] = [];
  const paint = paintFor(limits);
  const share = (long: number): number => long * PICTURE_SHARE;
  if (picture) {
    const draw: Draw = async (box) =>
      (await import('./picture.ts')).drawPicture(revision, picture, limits, box);
    parts.push({ draw, extent: share });
  }
  if (ink)
    parts.push({ draw: async (box) => (await import('./ink.ts')).drawInk(ink, paint, box), extent: share });
  const lines = (text ?? []).map((line) => line.normalize('NFC')).filter((line) => line.trim() !== '');
  if (lines.length > 0) {
    if (!typefaces) throw new OssError('OSS_PDF_TEXT_UNSUPPORTED', { reason: 'no typeface was given' });
    const draw: Draw = async (box) =>
      (await import('./text-block.ts')).drawText(revision, lines, typefaces, paint, box);
    parts.push({ draw, extent: () => 0 });
  }
  if (qrCode !== undefined) {
    const draw: Draw = async (box) => (await import('./qr-code.ts')).drawQrCode(qrCode, paint, box);
    parts.push({ draw, extent: (long, across) => Math.min(across, long * QR_SHARE) });
  }
  return parts;
}

/** Side by side in a wide box, one below the other in a tall one. */
function placed(parts: readonly Part[], width: number, height: number): [Draw, Box][] {
  const padding = Math.min(MAX_PADDING, width / 10, height / 10);
  const isWide = width >= height;
  const [long, across] = [Math.max(width, height) - 2 * padding, Math.min(width, height) - 2 * padding];
  const free = long - padding * (parts.length - 1);
  const wanted = parts.map((part) => part.extent(long, across));
  const left = free - wanted.reduce((sum, extent) => sum + extent, 0);
  // Without text nobody asks for the rest: it is shared out.
  const rest = left / Math.max(1, wanted.filter((extent) => extent === 0).length || parts.length);
  const hasText = wanted.includes(0);
  let start = padding;
  return parts.map(({ draw }, index) => {
    const extent = (wanted[index] ?? 0) + (hasText && wanted[index] !== 0 ? 0 : rest);
    const box = isWide
      ? { x: start, y: padding, width: extent, height: across }
      : { x: padding, y: height - start - extent, width: across, height: extent };
    start += extent + padding;
    return [draw, box];
  });
}

/** Resources of all figures by kind; names differ from figure to figure, or stand for the same. */
function resourcesOf(figures: readonly Figure[]): [string, Syntax][] {
  const kinds = new Map<string, Map<string, Syntax>>();
  for (const { resources } of figures) {
    for (const [kind, entries] of Object.entries(resources)) {
      if (entries.size > 0) kinds.set(kind, new Map([...(kinds.get(kind) ?? []), ...entries]));
    }
  }
  return [...kinds].map(([kind, entries]) => [kind, writeDictionary([...entries])]);
}
