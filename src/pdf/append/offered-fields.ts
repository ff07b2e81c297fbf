/** The empty signature fields that the author of a document provided and that can be signed as they are. */
import { toOssError } from '../../contract/errors.ts';
import type { PdfInspection } from '../preflight/inspect.ts';
import type { PdfDocument } from '../read/document.ts';
import type { PdfPage, Rectangle } from '../read/page-tree.ts';
import { entryOf, referenceKey } from '../syntax/values.ts';
import { type ExistingField, openExistingField } from './existing-field.ts';
import { planSignatureUpdate } from './plan.ts';

export interface OfferedField {
  readonly name: string;
  /** Counts from 1. */
  readonly page: number;
  /** In user space of the page. */
  readonly rectangle: Rectangle;
}

/** More than anybody chooses from. */
const MAX_OFFERED = 200;
/** Judging a field looks at all fields of the form. */
const MAX_LOOKS = 20_000;
/** Pages that are searched for fields that do not name theirs. */
const MAX_PAGES = 20_000;

/** Fields without a place on a page are left out: there is nothing to choose about them. */
export async function offeredFields(
  document: PdfDocument,
  { emptySignatureFields, pageCount, formFields }: PdfInspection,
): Promise<OfferedField[]> {
  const judged = Math.min(MAX_OFFERED, Math.max(1, Math.floor(MAX_LOOKS / Math.max(1, formFields))));
  const placed = new Map<string, ExistingField & { readonly rectangle: Rectangle }>();
  for (const { name } of emptySignatureFields.slice(0, judged)) {
    if (!(await canBeSigned(document, name))) continue;
    const existing = await openExistingField(document, name, {});
    const { rectangle } = existing;
    if (!rectangle || rectangle.x1 === rectangle.x2 || rectangle.y1 === rectangle.y2) continue;
    placed.set(name, { ...existing, rectangle });
  }
  const pages = await pagesOf(document, [...placed.values()], Math.min(pageCount, MAX_PAGES));
  return [...placed].flatMap(([name, field]) => {
    const page = pages.get(field);
    return page === undefined ? [] : [{ name, page, rectangle: field.rectangle }];
  });
}

/** Asks the very code that signs, and throws its response away: locks and seed values are judged in one place. */
async function canBeSigned(document: PdfDocument, fieldName: string): Promise<boolean> {
  try {
    await planSignatureUpdate(document, { fieldName, claimedSigningTime: new Date(0), contentsCapacity: 1 });
    return true;
  } catch (thrown) {
    const error = toOssError(thrown);
    if (error.code.startsWith('OSS_PDF_')) return false;
    throw error;
  }
}

/** /P of a widget is optional (§12.5.2 table 166); /Annots of its page always lists it. One look at each page. */
async function pagesOf(
  document: PdfDocument,
  fields: readonly ExistingField[],
  pageCount: number,
): Promise<Map<ExistingField, number>> {
  const found = new Map<ExistingField, number>();
  for (let number = 1; number <= pageCount && found.size < fields.length; number += 1) {
    const page = await document.page(number);
    const listed = await annotationsOf(document, page);
    for (const field of fields) {
      const named = entryOf(field.widget.value, 'P');
      const isNamed = named.kind === 'reference' && referenceKey(named) === referenceKey(page.reference);
      const isHere = isNamed || listed.has(referenceKey(field.widget.reference));
      if (isHere && !found.has(field)) found.set(field, number);
    }
  }
  return found;
}

async function annotationsOf(document: PdfDocument, page: PdfPage): Promise<Set<string>> {
  const annotations = await document.lookup(page.dictionary, 'Annots');
  const items = annotations.kind === 'array' ? annotations.items : [];
  return new Set(items.flatMap(({ value }) => (value.kind === 'reference' ? [referenceKey(value)] : [])));
}
