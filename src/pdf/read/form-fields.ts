/** The interactive form: its fields with the attributes they inherit (ISO 32000-2 §12.7.4). */
import { OssError } from '../../contract/errors.ts';
import { decodeTextString } from '../syntax/text-string.ts';
import {
  dictionaryOf,
  entryOf,
  NULL,
  nameOf,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
  referenceKey,
} from '../syntax/values.ts';
import type { PdfDocument } from './document.ts';

export interface FormField {
  /** Undefined for a field that is not an indirect object, which the standard forbids. */
  readonly reference: PdfReference | undefined;
  readonly dictionary: PdfDictionary;
  /** Fully qualified: partial names joined by periods (§12.7.4.2). */
  readonly name: string;
  readonly type: string | undefined;
  /** The entry /V, its own or inherited (table 226); null where there is none. */
  readonly value: PdfValue;
}

const MAX_DEPTH = 32;
const MAX_FIELDS = 50_000;
/** Every field below has the name of those above in front of its own. */
const MAX_NAME = 10_000;

interface Parent {
  readonly name: string;
  readonly type: string | undefined;
  readonly value: PdfValue;
  readonly path: readonly string[];
}

const ROOT: Parent = { name: '', type: undefined, value: NULL, path: [] };

/** Terminal fields in the order of the form. @throws OSS_PDF_LIMIT for a tree that loops. */
export async function* formFields(document: PdfDocument): AsyncGenerator<FormField> {
  const form = dictionaryOf(await document.lookup(document.catalog.dictionary, 'AcroForm'));
  if (!form) return;
  const budget = { fields: 0 };
  const fields = await document.lookup(form, 'Fields');
  if (fields.kind !== 'array') return;
  for (const { value } of fields.items) yield* walk(document, value, ROOT, budget);
}

async function* walk(
  document: PdfDocument,
  value: PdfValue,
  parent: Parent,
  budget: { fields: number },
): AsyncGenerator<FormField> {
  budget.fields += 1;
  const reference = value.kind === 'reference' ? value : undefined;
  const key = reference ? referenceKey(reference) : '';
  if (
    budget.fields > MAX_FIELDS ||
    parent.path.length > MAX_DEPTH ||
    (reference && parent.path.includes(key))
  ) {
    throw new OssError('OSS_PDF_LIMIT', { reason: 'the form loops, is too deep or has too many fields' });
  }
  const dictionary = dictionaryOf(await document.resolve(value));
  if (!dictionary) return;
  const name = await qualifiedName(document, dictionary, parent.name);
  const type = nameOf(await document.lookup(dictionary, 'FT')) ?? parent.type;
  const inherited = entryOf(dictionary, 'V').kind === 'null' ? parent.value : entryOf(dictionary, 'V');
  const children = await childFields(document, dictionary);
  if (children.length === 0) {
    yield { reference, dictionary, name, type, value: inherited };
    return;
  }
  const path = [...parent.path, key];
  for (const child of children) yield* walk(document, child, { name, type, value: inherited, path }, budget);
}

async function qualifiedName(
  document: PdfDocument,
  dictionary: PdfDictionary,
  above: string,
): Promise<string> {
  const partial = await document.lookup(dictionary, 'T');
  if (partial.kind !== 'string') return above;
  const text = decodeTextString(partial.bytes);
  const name = above === '' ? text : `${above}.${text}`;
  if (name.length > MAX_NAME) throw new OssError('OSS_PDF_LIMIT', { reason: 'the length of a field name' });
  return name;
}

/** Kids that have a name are fields; kids without are the widgets of a terminal field. */
async function childFields(document: PdfDocument, dictionary: PdfDictionary): Promise<PdfValue[]> {
  const kids = await document.lookup(dictionary, 'Kids');
  if (kids.kind !== 'array') return [];
  const children: PdfValue[] = [];
  for (const { value } of kids.items) {
    const kid = dictionaryOf(await document.resolve(value));
    if (kid && entryOf(kid, 'T').kind !== 'null') children.push(value);
  }
  return children;
}
