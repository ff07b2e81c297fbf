/** Fields that hold something else than they show (ISO 32000-2 §12.7.4.3, §12.5.5). */
import { contentData } from '../painted/content-data.ts';
import { operationsOf } from '../painted/operations.ts';
import type { PdfDocument } from '../read/document.ts';
import { type FormField, formFields } from '../read/form-fields.ts';
import { decodeTextString } from '../syntax/text-string.ts';
import { dictionaryOf, entryOf, type PdfValue } from '../syntax/values.ts';

/** Forms have some hundred fields; of a larger one not all are compared. */
const MOST_FIELDS = 2_000;
const SHOWS_TEXT: readonly string[] = ['Tj', 'TJ', "'", '"'];

/** @returns names of fields whose appearance shows another text than their value */
export async function fieldsThatDiffer(document: PdfDocument): Promise<string[]> {
  const names: string[] = [];
  let fields = 0;
  for await (const field of formFields(document)) {
    fields += 1;
    if (fields > MOST_FIELDS) break;
    if (['Tx', 'Ch'].includes(field.type ?? '') && (await differs(document, field))) names.push(field.name);
  }
  return names;
}

async function differs(document: PdfDocument, { dictionary, value }: FormField): Promise<boolean> {
  const held = await textOf(document, value);
  if (held === undefined) return false;
  const appearances = dictionaryOf(await document.lookup(dictionary, 'AP'));
  const normal = appearances && entryOf(appearances, 'N');
  if (normal?.kind !== 'reference') return false; // each viewer draws the value itself
  const shown = await shownText(document, normal);
  // Codes of a typeface that has an encoding of its own say nothing without it.
  if (shown === undefined || !/^[ -~\u00a0-\u00ff]*$/.test(shown)) return false;
  return letters(shown) !== letters(held);
}

async function textOf(document: PdfDocument, value: PdfValue): Promise<string | undefined> {
  const resolved = await document.resolve(value);
  return resolved.kind === 'string' ? decodeTextString(resolved.bytes) : undefined;
}

/** Undefined where it cannot be read. */
async function shownText(
  document: PdfDocument,
  reference: Extract<PdfValue, { kind: 'reference' }>,
): Promise<string | undefined> {
  try {
    const stream = await document.resolve(reference);
    if (stream.kind !== 'stream') return undefined;
    const pieces: string[] = [];
    for (const { operator, operands } of operationsOf(await contentData(document, reference, stream)))
      if (SHOWS_TEXT.includes(operator)) pieces.push(...operands.flatMap(stringsIn));
    return pieces.join('');
  } catch {
    return undefined;
  }
}

function stringsIn(value: PdfValue): string[] {
  if (value.kind === 'array') return value.items.flatMap((item) => stringsIn(item.value));
  return value.kind === 'string' ? [Buffer.from(value.bytes).toString('latin1')] : [];
}

/** Spaces and line breaks are where a viewer puts them. */
const letters = (text: string): string => text.replace(/\s+/g, '');
