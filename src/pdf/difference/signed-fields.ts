/** The form fields of both versions: which were signed meanwhile, which have another value. */
import type { PdfDocument } from '../read/document.ts';
import { formFields } from '../read/form-fields.ts';
import { type Rectangle, rectangleOf } from '../read/page-tree.ts';
import { dictionaryOf, entryOf, NULL, nameOf, type PdfDictionary, type PdfValue } from '../syntax/values.ts';
import { objectVersion, readable } from './object-version.ts';
import type { Structure } from './structure.ts';
import { sameValue } from './value-equality.ts';

export interface FieldPlace {
  readonly page: number;
  readonly rectangle: Rectangle;
}

export interface FieldState {
  readonly type: string | undefined;
  readonly value: PdfValue;
  readonly dictionary: PdfDictionary;
  /** Where it shows; undefined where it does not. */
  readonly place: FieldPlace | undefined;
}

export interface SignedFields {
  readonly before: ReadonlyMap<string, FieldState>;
  readonly after: ReadonlyMap<string, FieldState>;
}

export async function fieldStates(
  document: PdfDocument,
  structure: Structure,
): Promise<ReadonlyMap<string, FieldState>> {
  const places = await fieldPlaces(document, structure);
  const states = new Map<string, FieldState>();
  for await (const { name, type, dictionary } of formFields(document)) {
    const value = (await readable(document.lookup(dictionary, 'V'))) ?? NULL;
    states.set(name, { type, value, dictionary, place: places.get(name) });
  }
  return states;
}

/** Of each field the first widget with a size (§12.7.5.5: one without shows nothing). */
async function fieldPlaces(
  document: PdfDocument,
  { fields, annotationPages }: Structure,
): Promise<ReadonlyMap<string, FieldPlace>> {
  const places = new Map<string, FieldPlace>();
  for (const [object, { field }] of fields) {
    const page = annotationPages.get(object);
    if (page === undefined || places.has(field)) continue;
    const rectangle = await annotationRectangle(document, object);
    if (rectangle) places.set(field, { page, rectangle });
  }
  return places;
}

/** Undefined where the annotation has no area. */
export async function annotationRectangle(
  document: PdfDocument,
  object: number,
): Promise<Rectangle | undefined> {
  const dictionary = dictionaryOf((await objectVersion(document, object)).value);
  const rectangle = dictionary && (await rectangleOf(document, entryOf(dictionary, 'Rect')));
  return rectangle && rectangle.x2 > rectangle.x1 && rectangle.y2 > rectangle.y1 ? rectangle : undefined;
}

export const isSigned = (state: FieldState | undefined): boolean =>
  state?.type === 'Sig' && dictionaryOf(state.value) !== undefined;

/** Signed now and not before. */
export const isNewlySigned = ({ before, after }: SignedFields, field: string): boolean =>
  isSigned(after.get(field)) && !isSigned(before.get(field));

export const isValueChanged = ({ before, after }: SignedFields, field: string): boolean =>
  !sameValue(before.get(field)?.value ?? NULL, after.get(field)?.value ?? NULL);

/** Nothing was chosen or written there: no value, an empty text, or a button that is off (§12.7.5.2.3). */
export function isEmpty(state: FieldState | undefined): boolean {
  const value = state?.value ?? NULL;
  if (value.kind === 'string') return value.bytes.length === 0 || isBlankText(value.bytes);
  if (value.kind === 'array') return value.items.length === 0;
  return value.kind === 'null' || nameOf(value) === 'Off';
}

/** A byte-order mark without a text. */
const isBlankText = (bytes: Uint8Array): boolean =>
  bytes.length === 2 && bytes[0] === 0xfe && bytes[1] === 0xff;
