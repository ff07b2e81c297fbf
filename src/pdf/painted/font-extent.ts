/** How wide a font writes: enough to know where text stands (ISO 32000-2 §9.6 to §9.8). */
import type { PdfDocument } from '../read/document.ts';
import {
  dictionaryOf,
  entryOf,
  integerOf,
  NULL,
  nameOf,
  type PdfDictionary,
  type PdfValue,
} from '../syntax/values.ts';

export interface FontExtent {
  readonly bytesPerCode: 1 | 2;
  /** In thousandths of the font size. */
  readonly width: (code: number) => number;
  /** From the lowest to the highest that it inks, in the same unit. */
  readonly descent: number;
  readonly ascent: number;
}

/** The ink of ordinary letters: capitals without an accent, and what hangs below the line. */
const [DESCENT, ASCENT] = [-220, 780];
/** Where a font says nothing of its widths: those of a bold face, from the space to the tilde, are seldom exceeded. */
const BOLD = [
  ...[
    278, 333, 474, 556, 556, 889, 722, 278, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
  ],
  ...[
    556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278,
  ],
  ...[
    556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584,
  ],
  ...[
    556, 278, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556,
  ],
  ...[333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584],
];
const OTHER = 611;
const FIXED = 600;
const MAX_WIDTHS = 70_000;

export const STANDARD_EXTENT: FontExtent = Object.freeze({
  bytesPerCode: 1,
  width: (code: number) => BOLD[code - 32] ?? OTHER,
  descent: DESCENT,
  ascent: ASCENT,
});

/** Undefined for writing from top to bottom. */
export async function fontExtent(
  document: PdfDocument,
  font: PdfDictionary,
): Promise<FontExtent | undefined> {
  const subtype = nameOf(await document.lookup(font, 'Subtype'));
  if (subtype === 'Type0') return compositeExtent(document, font);
  const widths = await simpleWidths(document, font);
  if (subtype === 'Type3') return type3Extent(document, font, widths);
  const isFixed = /Courier|Mono/.test(nameOf(await document.lookup(font, 'BaseFont')) ?? '');
  const fallback = isFixed ? () => FIXED : STANDARD_EXTENT.width;
  return { ...STANDARD_EXTENT, width: (code) => widths.get(code) ?? fallback(code) };
}

async function simpleWidths(
  document: PdfDocument,
  font: PdfDictionary,
): Promise<ReadonlyMap<number, number>> {
  const first = integerOf(await document.lookup(font, 'FirstChar')) ?? 0;
  const array = await document.lookup(font, 'Widths');
  const widths = new Map<number, number>();
  for (const [index, { value }] of (array.kind === 'array' ? array.items.slice(0, 256) : []).entries()) {
    const width = numberOf(await document.resolve(value));
    if (width !== undefined) widths.set(first + index, width);
  }
  return widths;
}

/** Its glyphs are drawings: as high as its bounding box, or as a line of text where that is empty. */
async function type3Extent(
  document: PdfDocument,
  font: PdfDictionary,
  widths: ReadonlyMap<number, number>,
): Promise<FontExtent> {
  const [a = 0.001, , , d = 0.001] = await numbersOf(document, font, 'FontMatrix');
  const [, low = 0, , high = 0] = await numbersOf(document, font, 'FontBBox');
  const [descent, ascent] = low === high ? [-500, 1200] : [low * d * 1000, high * d * 1000];
  return { bytesPerCode: 1, width: (code) => (widths.get(code) ?? 0) * a * 1000, descent, ascent };
}

async function compositeExtent(document: PdfDocument, font: PdfDictionary): Promise<FontExtent | undefined> {
  const encoding = await document.lookup(font, 'Encoding');
  const isVertical =
    nameOf(encoding)?.endsWith('V') ?? integerOf(entryOf(dictionaryOf(encoding) ?? font, 'WMode')) === 1;
  if (isVertical) return undefined;
  const descendants = await document.lookup(font, 'DescendantFonts');
  const first = descendants.kind === 'array' ? descendants.items[0]?.value : undefined;
  const descendant = dictionaryOf(await document.resolve(first ?? NULL));
  if (!descendant) return undefined;
  const widths = await cidWidths(document, descendant);
  const usual = numberOf(await document.lookup(descendant, 'DW')) ?? 1000;
  return {
    bytesPerCode: 2,
    width: (code) => widths.get(code) ?? usual,
    descent: DESCENT,
    ascent: ASCENT,
  };
}

/** §9.7.4.3: `c [w1 w2 …]` or `first last w`. */
async function cidWidths(document: PdfDocument, font: PdfDictionary): Promise<ReadonlyMap<number, number>> {
  const array = await document.lookup(font, 'W');
  const items = array.kind === 'array' ? array.items.map(({ value }) => value) : [];
  const widths = new Map<number, number>();
  for (let index = 0; index + 1 < items.length && widths.size < MAX_WIDTHS; ) {
    const first = integerOf(await document.resolve(items[index] ?? NULL));
    const second = await document.resolve(items[index + 1] ?? NULL);
    if (first === undefined) return widths;
    if (second.kind === 'array') {
      for (const [offset, { value }] of second.items.entries())
        widths.set(first + offset, numberOf(value) ?? 1000);
      index += 2;
      continue;
    }
    const last = Math.min(integerOf(second) ?? first, first + MAX_WIDTHS);
    const width = numberOf(await document.resolve(items[index + 2] ?? NULL)) ?? 1000;
    for (let code = first; code <= last; code += 1) widths.set(code, width);
    index += 3;
  }
  return widths;
}

async function numbersOf(document: PdfDocument, dictionary: PdfDictionary, key: string): Promise<number[]> {
  const array = await document.lookup(dictionary, key);
  return (array.kind === 'array' ? array.items : []).map(({ value }) => numberOf(value) ?? 0);
}

const numberOf = (value: PdfValue): number | undefined =>
  value.kind === 'number' && Number.isFinite(value.value) ? value.value : undefined;
