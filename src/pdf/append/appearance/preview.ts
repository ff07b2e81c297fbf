/** One page that shows nothing but the appearance of a signature, made by what makes the real one. */
import { randomBytes } from 'node:crypto';
import { memorySource } from '../../byte-source.ts';
import { openPdf } from '../../read/document.ts';
import type { PdfPage, Rectangle } from '../../read/page-tree.ts';
import { writeArray, writeDictionary, writeNumber, writeReference } from '../../syntax/writer.ts';
import { Revision } from '../revision.ts';
import { revisionBytes } from '../revision-bytes.ts';
import { type AppearanceContent, putAppearance } from './appearance.ts';
import { uprightBox } from './upright-box.ts';

export interface AppearancePreview {
  /** A PDF of one page, exactly as large as the box. */
  readonly pdf: Uint8Array;
  /** Of the box as the reader sees it, upright, in 1/72 inch. */
  readonly width: number;
  readonly height: number;
}

/** `page`: the one that the signature goes to. @throws what `putAppearance` throws. */
export async function drawPreview(
  content: AppearanceContent & { readonly rectangle: Rectangle },
  page: Pick<PdfPage, 'rotate' | 'userUnit'>,
): Promise<AppearancePreview> {
  const { width, height } = uprightBox(content.rectangle, page);
  const blank = blankDocument();
  const revision = new Revision(await openPdf(memorySource(blank)), randomBytes);
  const box = uprightBox({ x1: 0, y1: 0, x2: width, y2: height }, { rotate: 0, userUnit: 1 });
  const look = await putAppearance(revision, content, box, {
    allowTransparency: true,
    deviceIndependent: false,
  });
  const shown = revision.allocate();
  revision.putStream(shown, new Map(), Buffer.from('/Look Do'));
  revision.put(
    (await revision.document.page(1)).reference,
    writeDictionary([
      ['Type', '/Page'],
      ['Parent', '2 0 R'],
      ['MediaBox', writeArray([0, 0, width, height].map(writeNumber))],
      ['Resources', writeDictionary([['XObject', writeDictionary([['Look', writeReference(look)]])]])],
      ['Contents', writeReference(shown)],
    ]),
  );
  const { bytes } = revisionBytes(revision, blank.at(-1));
  return { pdf: Buffer.concat([blank, bytes]), width, height };
}

/** Catalog, page tree and a page, which the revision replaces. */
function blankDocument(): Buffer {
  const objects = [
    '<</Type /Catalog /Pages 2 0 R>>',
    '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    '<</Type /Page /Parent 2 0 R /MediaBox [0 0 1 1]>>',
  ];
  let text = '%PDF-1.7\n';
  let entries = '';
  for (const [index, body] of objects.entries()) {
    entries += `${String(text.length).padStart(10, '0')} 00000 n \n`;
    text += `${index + 1} 0 obj\n${body}\nendobj\n`;
  }
  const xref = `xref\n0 4\n0000000000 65535 f \n${entries}trailer\n<</Size 4 /Root 1 0 R>>\n`;
  return Buffer.from(`${text}${xref}startxref\n${text.length}\n%%EOF\n`);
}
