import { createHash } from 'node:crypto';
import {
  type PageGeometry,
  type ShownRectangle,
  shownSize,
  toShown,
} from '../contract/model/page-geometry.ts';
import {
  inspectForSigning,
  offeredFields,
  openFileSource,
  openPdf,
  type PdfDocument,
  type PdfPage,
  readDocumentInformation,
  shownBox,
} from '../pdf/index.ts';

export interface FileInspection {
  readonly bytes: number;
  readonly pages: number;
  readonly earlierSignatures: number;
  /** A certification permits a further signature only where it shows nothing new on a page. */
  readonly certified: boolean;
  /** Empty signature fields of the author, with their place on the page as shown. */
  readonly fields: readonly {
    readonly name: string;
    readonly page: number;
    readonly rectangle: ShownRectangle;
  }[];
  /** The same for copies of one form: from page count, page size, producer and title. Hexadecimal SHA-256. */
  readonly form: string;
}

/** Whether and how a file can be signed, before it becomes part of a transaction. @throws OssError OSS_PDF_*, OSS_FILE_NOT_FOUND */
export async function inspectFile(path: string): Promise<FileInspection> {
  const source = await openFileSource(path);
  try {
    const document = await openPdf(source);
    const inspection = await inspectForSigning(document);
    const fields = [];
    for (const { name, page, rectangle } of await offeredFields(document, inspection)) {
      const geometry = geometryOf(await document.page(page));
      fields.push({ name, page, rectangle: toShown(geometry, rectangle) });
    }
    return {
      bytes: source.size,
      pages: inspection.pageCount,
      earlierSignatures: inspection.existingSignatures.length,
      certified: inspection.docMdp !== undefined,
      fields,
      form: await formOf(document, inspection.pageCount),
    };
  } finally {
    await source.close();
  }
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
