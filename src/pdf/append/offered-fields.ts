/** The empty signature fields that the author of a document provided and that can be signed as they are. */
import { toOssError } from '../../contract/errors.ts';
import type { PdfInspection } from '../preflight/inspect.ts';
import type { PdfDocument } from '../read/document.ts';
import type { PdfPage, Rectangle } from '../read/page-tree.ts';
import { entryOf, type PdfReference } from '../syntax/values.ts';
import { type ExistingField, openExistingField } from './existing-field.ts';
import { planSignatureUpdate } from './plan.ts';

export interface OfferedField {
  readonly name: string;
  /** Counts from 1. */
  readonly page: number;
  /** In user space of the page. */
  readonly rectangle: Rectangle;
}

/** Fields without a place on a page are left out: there is nothing to choose about them. */
export async function offeredFields(
  document: PdfDocument,
  { emptySignatureFields, pageCount }: PdfInspection,
): Promise<OfferedField[]> {
  const offered: OfferedField[] = [];
  for (const { name } of emptySignatureFields) {
    if (!(await canBeSigned(document, name))) continue;
    const existing = await openExistingField(document, name, {});
    const { rectangle } = existing;
    if (!rectangle || rectangle.x1 === rectangle.x2 || rectangle.y1 === rectangle.y2) continue;
    const page = await pageOf(document, existing, pageCount);
    if (page !== undefined) offered.push({ name, page, rectangle });
  }
  return offered;
}

/** Asks the very code that signs, and throws its answer away: locks and seed values are judged in one place. */
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

/** /P of a widget is optional (§12.5.2 table 166); /Annots of its page always lists it. */
async function pageOf(
  document: PdfDocument,
  { widget }: ExistingField,
  pageCount: number,
): Promise<number | undefined> {
  const named = entryOf(widget.value, 'P');
  for (let number = 1; number <= pageCount; number += 1) {
    const page = await document.page(number);
    const isNamed = named.kind === 'reference' && isSame(named, page.reference);
    if (isNamed || (await listsAnnotation(document, page, widget.reference))) return number;
  }
  return undefined;
}

async function listsAnnotation(
  document: PdfDocument,
  page: PdfPage,
  reference: PdfReference,
): Promise<boolean> {
  const annotations = await document.lookup(page.dictionary, 'Annots');
  if (annotations.kind !== 'array') return false;
  return annotations.items.some(({ value }) => value.kind === 'reference' && isSame(value, reference));
}

const isSame = (one: PdfReference, other: PdfReference): boolean =>
  one.number === other.number && one.generation === other.generation;
