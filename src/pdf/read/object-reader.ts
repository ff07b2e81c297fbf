/** What the parts of the reader need from the document: following references. */
import type { PdfDictionary, PdfReference, PdfValue } from '../syntax/values.ts';

export interface ObjectReader {
  /** The value of an indirect object; one that does not exist is null. */
  get(reference: PdfReference): Promise<PdfValue>;
  /** The value itself, or what a reference leads to. */
  resolve(value: PdfValue): Promise<PdfValue>;
  /** The entry of a dictionary with references followed. */
  lookup(dictionary: PdfDictionary, key: string): Promise<PdfValue>;
}
