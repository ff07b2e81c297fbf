import { createHash } from 'node:crypto';
import { type PageGeometry, shownSize, toShown } from '../contract/model/page-geometry.ts';
import type { LastPage, OfferedField } from '../contract/model/placement.ts';
import {
  offeredFields,
  type PdfDocument,
  type PdfInspection,
  type PdfPage,
  readDocumentInformation,
  shownBox,
  signatureRectangles,
} from '../pdf/index.ts';

/** What decides where the signature of a document may be seen. */
export interface PlacementFacts {
  /** A certification permits a further signature only where it shows nothing new on a page. */
  readonly certified: boolean;
  /** Empty signature fields of the author, with their place on the page as shown. */
  readonly fields: OfferedField[];
  /** The same for copies of one form: from page count, page size, producer and title. Hexadecimal SHA-256. */
  readonly form: string;
  readonly lastPage: LastPage;
}

/** @throws OssError OSS_PDF_* */
export async function placementFacts(
  document: PdfDocument,
  inspection: PdfInspection,
): Promise<PlacementFacts> {
  const fields: OfferedField[] = [];
  for (const { name, page, rectangle } of await offeredFields(document, inspection)) {
    fields.push({ name, page, rectangle: toShown(geometryOf(await document.page(page)), rectangle) });
  }
  return {
    certified: inspection.docMdp !== undefined,
    fields,
    form: await formOf(document, inspection.pageCount),
    lastPage: await lastPageOf(document, inspection.pageCount),
  };
}

async function lastPageOf(document: PdfDocument, pages: number): Promise<LastPage> {
  const page = await document.page(pages);
  const geometry = geometryOf(page);
  const rectangles = await signatureRectangles(document, page);
  return {
    size: shownSize(geometry),
    signatures: rectangles.map((rectangle) => toShown(geometry, rectangle)),
  };
}

export const geometryOf = (page: PdfPage): PageGeometry => ({
  view: shownBox(page),
  rotate: page.rotate,
  userUnit: page.userUnit,
});

async function formOf(document: PdfDocument, pages: number): Promise<string> {
  const { width, height } = shownSize(geometryOf(await document.page(1)));
  const { title, producer } = await readDocumentInformation(document);
  const facts = [pages, Math.round(width), Math.round(height), producer, title];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}
