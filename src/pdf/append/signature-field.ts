/** The signature field and its widget, merged into one object (ISO 32000-2 §12.7.5.5, §12.5.6.19). */
import type { PdfPage, Rectangle } from '../read/page-tree.ts';
import type { PdfReference } from '../syntax/values.ts';
import { type Syntax, writeArray, writeDictionary, writeNumber, writeReference } from '../syntax/writer.ts';
import type { Revision } from './revision.ts';

/** Print and Locked (table 167); PDF/A asks for Print and forbids Hidden. */
const ANNOTATION_FLAGS = 4 + 128;

/** Of a field that shows nothing. */
export const INVISIBLE: Rectangle = Object.freeze({ x1: 0, y1: 0, x2: 0, y2: 0 });

export interface Placement {
  readonly page: PdfPage;
  /** All zero for an invisible signature. */
  readonly rectangle: Rectangle;
  /** Of an invisible signature an empty one; a document time stamp has none outside PDF/A-1. */
  readonly appearance: PdfReference | undefined;
  /** What a screen reader says for it; its name where there is nothing better (ISO 14289-2 §8.10.2.3). */
  readonly alternativeText?: string;
  /** Its number in the structure of a tagged document. */
  readonly structParent?: number;
}

export function putSignatureField(
  revision: Revision,
  names: {
    readonly field: PdfReference;
    readonly fieldName: string;
    /** Absent where the field waits for its signature. */
    readonly signature?: PdfReference;
  },
  { page, rectangle, appearance, alternativeText = '', structParent }: Placement,
): void {
  const { x1, y1, x2, y2 } = rectangle;
  const entries: [string, Syntax][] = [
    ['Type', '/Annot'],
    ['Subtype', '/Widget'],
    ['FT', '/Sig'],
    ['T', revision.textString(names.field, names.fieldName)],
    ['F', String(ANNOTATION_FLAGS)],
    ['Rect', writeArray([x1, y1, x2, y2].map(writeNumber))],
    ['P', writeReference(page.reference)],
  ];
  if (names.signature) entries.push(['V', writeReference(names.signature)]);
  if (appearance) entries.push(['AP', writeAppearances(appearance)]);
  // Readers look at the field (/TU, table 226) or at the annotation (/Contents, table 166).
  const text = revision.textString(names.field, alternativeText === '' ? names.fieldName : alternativeText);
  entries.push(['TU', text], ['Contents', text]);
  if (structParent !== undefined) entries.push(['StructParent', String(structParent)]);
  revision.put(names.field, writeDictionary(entries));
}

export const writeAppearances = (normal: PdfReference): Syntax =>
  writeDictionary([['N', writeReference(normal)]]);
