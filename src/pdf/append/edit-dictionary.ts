/** New versions of dictionaries that are there already. */
import { OssError } from '../../contract/errors.ts';
import type { LoadedObject } from '../read/document.ts';
import type { PdfDictionary, PdfReference } from '../syntax/values.ts';
import type { Revision } from './revision.ts';

/** A dictionary and the indirect object in which it stands. */
export interface LoadedDictionary {
  readonly owner: LoadedObject;
  readonly dictionary: PdfDictionary;
}

/** @throws OSS_PDF_MALFORMED where the object is something else. */
export async function loadDictionary(revision: Revision, reference: PdfReference): Promise<LoadedDictionary> {
  const owner = await revision.document.load(reference);
  if (owner?.value.kind !== 'dictionary')
    throw new OssError('OSS_PDF_MALFORMED', { reason: 'not a dictionary' });
  return { owner, dictionary: owner.value };
}
