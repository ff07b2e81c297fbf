/** The form fields of both versions: which were signed meanwhile, which have another value. */
import type { PdfDocument } from '../read/document.ts';
import { formFields } from '../read/form-fields.ts';
import type { Rectangle } from '../read/page-tree.ts';
import { dictionaryOf, NULL, nameOf, type PdfDictionary, type PdfValue } from '../syntax/values.ts';
import { isHidden, placeOf } from './annotation-effect.ts';
import { objectVersion, readable } from './object-version.ts';
import type { Structure } from './structure.ts';
import { sameValue } from './value-equality.ts';

export interface FieldPlace {
  readonly page: number;
  /** Undefined where it may be anywhere on the page. */
  readonly rectangle: Rectangle | undefined;
}

export interface FieldState {
  readonly type: string | undefined;
  readonly value: PdfValue;
  readonly dictionary: PdfDictionary;
  /** Where it can show something: each of its widgets, on each page that lists it. */
  readonly places: readonly FieldPlace[];
  /** Several fields have this name: what one of them says is not said by the others. */
  readonly isRepeated: boolean;
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
  for await (const { name, type, dictionary, value: entry } of formFields(document)) {
    const value = (await readable(document.resolve(entry))) ?? NULL;
    states.set(name, {
      type,
      value,
      dictionary,
      places: places.get(name) ?? [],
      isRepeated: states.has(name),
    });
  }
  return states;
}

async function fieldPlaces(
  document: PdfDocument,
  { fields, annotationPages }: Structure,
): Promise<ReadonlyMap<string, readonly FieldPlace[]>> {
  const places = new Map<string, FieldPlace[]>();
  for (const [object, { field }] of fields) {
    for (const place of await placesOf(document, object, annotationPages.get(object) ?? [])) {
      const known = places.get(field);
      if (known) known.push(place);
      else places.set(field, [place]);
    }
  }
  return places;
}

/** Where an annotation can draw on the pages that list it (§12.7.5.5: a field without an area shows nothing). */
export async function placesOf(
  document: PdfDocument,
  object: number,
  pages: readonly number[],
): Promise<readonly FieldPlace[]> {
  if (pages.length === 0) return [];
  const dictionary = dictionaryOf((await objectVersion(document, object)).value);
  if (!dictionary || (await isHidden(document, dictionary))) return [];
  const place = await placeOf(document, dictionary);
  if (place === 'nowhere') return [];
  return pages.map((page) => ({ page, rectangle: place === 'anywhere' ? undefined : place }));
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
