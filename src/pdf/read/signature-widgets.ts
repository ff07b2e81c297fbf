/** Where signatures, made or still to be made, are seen on a page. */
import { dictionaryOf, entryOf, nameOf, type PdfDictionary } from '../syntax/values.ts';
import type { PdfDocument } from './document.ts';
import { type PdfPage, type Rectangle, rectangleOf } from './page-tree.ts';

/** More annotations than this are not looked at: they only decide what is proposed. */
const MAX_ANNOTATIONS = 2000;

/** Rectangles of the widgets of signature fields, in user space; those without an area show nothing. */
export async function signatureRectangles(document: PdfDocument, page: PdfPage): Promise<Rectangle[]> {
  const annotations = await document.lookup(page.dictionary, 'Annots');
  if (annotations.kind !== 'array') return [];
  const rectangles: Rectangle[] = [];
  for (const { value } of annotations.items.slice(0, MAX_ANNOTATIONS)) {
    const annotation = dictionaryOf(await document.resolve(value));
    if (!annotation || !(await isOfSignatureField(document, annotation))) continue;
    const rectangle = await rectangleOf(document, entryOf(annotation, 'Rect'));
    if (rectangle && rectangle.x2 > rectangle.x1 && rectangle.y2 > rectangle.y1) rectangles.push(rectangle);
  }
  return rectangles;
}

/** A field with one widget may be merged with it, or be its parent (ISO 32000-2 §12.7.4.1). */
async function isOfSignatureField(document: PdfDocument, widget: PdfDictionary): Promise<boolean> {
  if (nameOf(await document.lookup(widget, 'FT')) === 'Sig') return true;
  const parent = dictionaryOf(await document.lookup(widget, 'Parent'));
  return parent !== undefined && nameOf(await document.lookup(parent, 'FT')) === 'Sig';
}
