/** What a signature permits afterwards: DocMDP and FieldMDP (ISO 32000-2 §12.8.2) and locks (§12.7.5.5). */
import type { PdfDocument } from '../read/document.ts';
import { decodeTextString } from '../syntax/text-string.ts';
import { dictionaryOf, EMPTY_DICTIONARY, integerOf, nameOf, type PdfDictionary } from '../syntax/values.ts';

/** 1: nothing may change; 2: forms and signatures; 3: annotations too (table 257). */
export type DocMdpPermission = 1 | 2 | 3;

export interface FieldLock {
  readonly action: 'All' | 'Include' | 'Exclude';
  /** Fully qualified field names. */
  readonly fields: readonly string[];
}

export interface SignatureTransforms {
  readonly docMdp: DocMdpPermission | undefined;
  readonly fieldLocks: readonly FieldLock[];
}

/** A name stands for the field and everything below it. */
export function locksField(lock: FieldLock, fieldName: string): boolean {
  if (lock.action === 'All') return true;
  const names = namesOf(lock);
  let isNamed = names.has(fieldName);
  for (let dot = fieldName.indexOf('.'); dot !== -1 && !isNamed; dot = fieldName.indexOf('.', dot + 1)) {
    isNamed = names.has(fieldName.slice(0, dot));
  }
  return isNamed === (lock.action === 'Include');
}

/** A lock may name as many fields as a form has, and is asked about each of them. */
const namesOfLocks = new WeakMap<FieldLock, ReadonlySet<string>>();

function namesOf(lock: FieldLock): ReadonlySet<string> {
  const names = namesOfLocks.get(lock) ?? new Set(lock.fields);
  namesOfLocks.set(lock, names);
  return names;
}

/** The transforms in /Reference of a signature dictionary. */
export async function readTransforms(
  document: PdfDocument,
  signature: PdfDictionary,
): Promise<SignatureTransforms> {
  const references = await document.lookup(signature, 'Reference');
  let docMdp: DocMdpPermission | undefined;
  const fieldLocks: FieldLock[] = [];
  for (const { value } of references.kind === 'array' ? references.items : []) {
    const reference = dictionaryOf(await document.resolve(value));
    if (!reference) continue;
    const method = nameOf(await document.lookup(reference, 'TransformMethod'));
    const parameters = dictionaryOf(await document.lookup(reference, 'TransformParams')) ?? EMPTY_DICTIONARY;
    if (method === 'DocMDP') docMdp = (await readPermission(document, parameters)) ?? 2; // the default of table 257
    if (method === 'FieldMDP') fieldLocks.push(await readFieldLock(document, parameters));
  }
  return { docMdp, fieldLocks };
}

/**
 * What a signature permits afterwards by its own transforms and by the lock of its field, which it should have repeated
 * (§12.7.5.5): the strictest permission, and the lock where the signature has none.
 */
export async function readRules(
  document: PdfDocument,
  signature: PdfDictionary,
  field: PdfDictionary,
): Promise<SignatureTransforms> {
  const own = await readTransforms(document, signature);
  const lock = dictionaryOf(await document.lookup(field, 'Lock'));
  if (!lock) return own;
  const permissions = [own.docMdp, await readPermission(document, lock)].filter((one) => one !== undefined);
  const fieldLocks = own.fieldLocks.length > 0 ? own.fieldLocks : [await readFieldLock(document, lock)];
  return { docMdp: permissions.sort()[0], fieldLocks };
}

export async function readPermission(
  document: PdfDocument,
  dictionary: PdfDictionary,
): Promise<DocMdpPermission | undefined> {
  const permission = integerOf(await document.lookup(dictionary, 'P'));
  return permission === 1 || permission === 2 || permission === 3 ? permission : undefined;
}

/** An action that is not known locks everything: the careful reading. */
export async function readFieldLock(document: PdfDocument, dictionary: PdfDictionary): Promise<FieldLock> {
  const action = nameOf(await document.lookup(dictionary, 'Action'));
  const array = await document.lookup(dictionary, 'Fields');
  const fields: string[] = [];
  for (const { value } of array.kind === 'array' ? array.items : []) {
    const name = await document.resolve(value);
    if (name.kind === 'string') fields.push(decodeTextString(name.bytes));
  }
  return { action: action === 'Include' || action === 'Exclude' ? action : 'All', fields };
}
