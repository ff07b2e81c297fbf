import { decodeTextString } from '../syntax/text-string.ts';
import { dictionaryOf, type PdfDictionary } from '../syntax/values.ts';
import type { PdfDocument } from './document.ts';

export interface DocumentInformation {
  /** Empty where the document does not say. */
  readonly title: string;
  readonly producer: string;
}

/** What a document says about itself in /Info (ISO 32000-2 §14.3.3). */
export async function readDocumentInformation(document: PdfDocument): Promise<DocumentInformation> {
  const info = dictionaryOf(await document.lookup(document.trailer, 'Info'));
  if (!info) return { title: '', producer: '' };
  return {
    title: await textOf(document, info, 'Title'),
    producer: await textOf(document, info, 'Producer'),
  };
}

async function textOf(document: PdfDocument, dictionary: PdfDictionary, key: string): Promise<string> {
  const value = await document.lookup(dictionary, key);
  return value.kind === 'string' ? decodeTextString(value.bytes) : '';
}
