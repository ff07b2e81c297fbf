/** An object by its number alone, in whatever generation a document has it. */
import { OssError } from '../../contract/errors.ts';
import type { PdfDocument } from '../read/document.ts';
import { NULL, type PdfReference, type PdfValue } from '../syntax/values.ts';

export interface ObjectVersion {
  readonly reference: PdfReference;
  readonly value: PdfValue;
  /** The cross-reference leads to something else, or the object is damaged. */
  readonly isUnreadable: boolean;
}

/** An attacker may make an object unreadable: that is a finding about it, not an end of the verification. */
export async function objectVersion(document: PdfDocument, number: number): Promise<ObjectVersion> {
  const first = await versionOf(document, number, 0);
  if (first.isUnreadable || first.value.kind !== 'null') return first;
  const entry = (await document.xref.lookup(number))?.entry;
  const generation = entry?.kind === 'offset' ? entry.generation : 0;
  return generation === 0 ? first : versionOf(document, number, generation);
}

async function versionOf(document: PdfDocument, number: number, generation: number): Promise<ObjectVersion> {
  const reference: PdfReference = { kind: 'reference', number, generation };
  const value = await readable(document.get(reference));
  return { reference, value: value ?? NULL, isUnreadable: value === undefined };
}

/** Undefined where an object cannot be read; a file that became shorter meanwhile is still an error. */
export async function readable<T = PdfValue>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof OssError && error.code !== 'OSS_FILE_CHANGED') return undefined;
    throw error;
  }
}
