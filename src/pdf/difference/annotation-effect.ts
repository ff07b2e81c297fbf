/**
 * What an annotation puts on its page, and what it does when it is used (ISO 32000-2 §12.5, §12.6). Viewers draw most
 * types on their own where there is no appearance: only what provably draws nothing and does nothing is quiet.
 */
import type { PdfDocument } from '../read/document.ts';
import { type Rectangle, rectangleOf } from '../read/page-tree.ts';
import {
  dictionaryOf,
  entryOf,
  integerOf,
  NULL,
  nameOf,
  type PdfDictionary,
  type PdfValue,
} from '../syntax/values.ts';
import { readable } from './object-version.ts';

export interface AnnotationEffect {
  readonly draws: boolean;
  readonly acts: boolean;
}

/** What is not known draws and acts. */
export const UNKNOWN_EFFECT: AnnotationEffect = Object.freeze({ draws: true, acts: true });

export const isQuiet = ({ draws, acts }: AnnotationEffect): boolean => !draws && !acts;

/** Table 167. NoView is for the screen: what may be printed is not hidden, and ToggleNoView shows it to the mouse. */
const [HIDDEN, PRINT, NO_VIEW, TOGGLE_NO_VIEW] = [2, 4, 32, 256];
/** Table 167: it may show elsewhere than in its rectangle. */
const FREELY_PLACED = 8 | 16;

export async function effectOf(
  document: PdfDocument,
  dictionary: PdfDictionary | undefined,
): Promise<AnnotationEffect> {
  if (!dictionary || dictionary.repeated) return UNKNOWN_EFFECT;
  return {
    draws: !(await isHidden(document, dictionary)) && !(await isInvisible(document, dictionary)),
    acts: await isActing(document, dictionary),
  };
}

export async function isHidden(document: PdfDocument, dictionary: PdfDictionary): Promise<boolean> {
  const flags = integerOf((await readable(document.lookup(dictionary, 'F'))) ?? NULL) ?? 0;
  return (flags & HIDDEN) !== 0 || (flags & (PRINT | NO_VIEW | TOGGLE_NO_VIEW)) === NO_VIEW;
}

/** A link without a border, and the closed window of a note: the only types without a look that viewers make up. */
async function isInvisible(document: PdfDocument, dictionary: PdfDictionary): Promise<boolean> {
  if (dictionary.entries.has('AP') || dictionary.entries.has('MK')) return false;
  switch (nameOf((await readable(document.lookup(dictionary, 'Subtype'))) ?? NULL)) {
    case 'Link':
      return isBorderless(document, dictionary);
    case 'Popup':
      return !(await isOpen(document, dictionary));
    default:
      return false;
  }
}

const isOpen = async (document: PdfDocument, dictionary: PdfDictionary): Promise<boolean> => {
  const open = (await readable(document.lookup(dictionary, 'Open'))) ?? NULL;
  return !(open.kind === 'null' || (open.kind === 'boolean' && !open.value));
};

/** Without a word about it the border is one unit wide (tables 166 and 168); viewers differ on which entry wins. */
async function isBorderless(document: PdfDocument, dictionary: PdfDictionary): Promise<boolean> {
  const border = (await readable(document.lookup(dictionary, 'Border'))) ?? NULL;
  const style = (await readable(document.lookup(dictionary, 'BS'))) ?? NULL;
  if (border.kind === 'null' && style.kind === 'null') return false;
  return (
    (border.kind === 'null' || (await isBorderOfZero(document, border))) &&
    (style.kind === 'null' || (await isStyleOfZero(document, style)))
  );
}

async function isBorderOfZero(document: PdfDocument, border: PdfValue): Promise<boolean> {
  if (border.kind !== 'array' || border.items.length < 3) return false;
  return isZero(await readable(document.resolve(border.items[2]?.value ?? NULL)));
}

async function isStyleOfZero(document: PdfDocument, style: PdfValue): Promise<boolean> {
  if (style.kind !== 'dictionary' || style.repeated) return false;
  const type = entryOf(style, 'Type');
  // A viewer that does not know the type takes the default width.
  const isStyle = type.kind === 'null' || nameOf(type) === 'Border';
  return isStyle && isZero(await readable(document.lookup(style, 'W')));
}

const isZero = (value: PdfValue | undefined): boolean => value?.kind === 'number' && value.value === 0;

const ACTION_KEYS = ['AA', 'PA', 'Movie', 'FS', 'Sound', 'RichMediaSettings', '3DA'] as const;

/** Going to a place in the same document is reading it; everything else is an action (§12.6.4). */
export async function isActing(document: PdfDocument, dictionary: PdfDictionary): Promise<boolean> {
  if (ACTION_KEYS.some((key) => dictionary.entries.has(key))) return true;
  const action = (await readable(document.lookup(dictionary, 'A'))) ?? NULL;
  if (action.kind === 'null') return entryOf(dictionary, 'A').kind !== 'null';
  const reading = dictionaryOf(action);
  if (!reading || reading.repeated) return true;
  return (
    nameOf((await readable(document.lookup(reading, 'S'))) ?? NULL) !== 'GoTo' || reading.entries.has('Next')
  );
}

/** The look that an annotation brings, whichever of its states it is for. */
export const hasLook = (dictionary: PdfDictionary): boolean =>
  dictionary.entries.has('AP') || dictionary.entries.has('MK');

/**
 * Where a widget can draw. `nowhere`: it has no area at all. `anywhere`: its rectangle is missing or damaged, or flags let
 * it leave it. A rectangle without a height still draws a line.
 */
export async function placeOf(
  document: PdfDocument,
  dictionary: PdfDictionary,
): Promise<Rectangle | 'nowhere' | 'anywhere'> {
  const rectangle = await readable(rectangleOf(document, entryOf(dictionary, 'Rect')));
  if (!rectangle) return hasLook(dictionary) ? 'anywhere' : 'nowhere';
  if (rectangle.x1 === rectangle.x2 && rectangle.y1 === rectangle.y2) return 'nowhere';
  const hasArea = rectangle.x1 < rectangle.x2 && rectangle.y1 < rectangle.y2;
  if (!hasArea && !hasLook(dictionary)) return 'nowhere';
  const shown = hasArea ? rectangle : widened(rectangle);
  const flags = integerOf((await readable(document.lookup(dictionary, 'F'))) ?? NULL) ?? 0;
  return (flags & FREELY_PLACED) === 0 ? shown : roundCorner(shown);
}

/** By the thinnest line that a viewer draws. */
const widened = ({ x1, y1, x2, y2 }: Rectangle): Rectangle => ({
  x1: x1 - 0.5,
  y1: y1 - 0.5,
  x2: x2 + 0.5,
  y2: y2 + 0.5,
});

/** Turned or enlarged about its upper left corner (table 167). */
function roundCorner({ x1, y1, x2, y2 }: Rectangle): Rectangle {
  const reach = 2 * Math.max(x2 - x1, y2 - y1);
  return { x1: x1 - reach, y1: y2 - reach, x2: x1 + reach, y2: y2 + reach };
}
