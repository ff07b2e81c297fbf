import type { PDFDocumentProxy } from 'pdfjs-dist';
import { MOST_LOOKS, type SecondLook } from '../../contract/ipc/documents.ts';
import type { DocumentNote } from '../../contract/model/document-notes.ts';
import {
  COMPARED_SIDE,
  DRAWN_LARGER,
  drawnSmall,
  looksDifferent,
  type PagePicture,
  type SentPicture,
} from '../../contract/model/page-picture.ts';
import { rangesOf } from '../../contract/model/page-ranges.ts';
import { openDocument } from './open-document.ts';
import { drawInTime } from './page-picture.ts';
import { holdPictureWorker, pictureWorker } from './pdfjs.ts';

interface ComparedDocument {
  readonly id: string;
  readonly bytes: number;
  readonly pages: number;
}

type Look = (from: number, to: number) => Promise<readonly SecondLook[]>;

/**
 * Draws every page in little with the viewer's own code, beside what a second program makes of it.
 * @returns what a person should look at before the document is signed
 */
export async function comparePages(
  { id, bytes, pages }: ComparedDocument,
  look: Look,
): Promise<DocumentNote[]> {
  const different: number[] = [];
  const onPaper: number[] = [];
  const release = holdPictureWorker();
  const { task } = openDocument(`/documents/${id}`, bytes, pictureWorker());
  try {
    const document = await task.promise;
    for (let from = 1; from <= pages; from += MOST_LOOKS) {
      const looks = await look(from, Math.min(pages, from + MOST_LOOKS - 1));
      if (looks.length === 0) break;
      for (const { page, screen, paper } of looks) {
        if (paper) onPaper.push(page);
        if (screen && (await differs(document, page, received(screen)))) different.push(page);
      }
    }
  } finally {
    await task.destroy();
    release();
  }
  return [
    ...(different.length > 0 ? [{ code: 'drawnDifferently' as const, pages: rangesOf(different) }] : []),
    ...(onPaper.length > 0 ? [{ code: 'printDiffers' as const, pages: rangesOf(onPaper) }] : []),
  ];
}

const received = ({ grey, ...size }: SentPicture): PagePicture => ({
  ...size,
  grey: Uint8Array.from(atob(grey), (character) => character.charCodeAt(0)),
});

/** A page that cannot be drawn here, or not in time, is as different as can be. */
async function differs(document: PDFDocumentProxy, number: number, second: PagePicture): Promise<boolean> {
  try {
    return looksDifferent(await pictureOf(document, number), second);
  } catch {
    return true;
  }
}

async function pictureOf(document: PDFDocumentProxy, number: number): Promise<PagePicture> {
  const page = await document.getPage(number);
  const whole = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({
    scale: (COMPARED_SIDE / Math.max(whole.width, whole.height)) * DRAWN_LARGER,
  });
  const canvas = window.document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(viewport.width / DRAWN_LARGER)) * DRAWN_LARGER;
  canvas.height = Math.max(1, Math.round(viewport.height / DRAWN_LARGER)) * DRAWN_LARGER;
  await drawInTime(page.render({ canvas, viewport }));
  page.cleanup();
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d')?.getImageData(0, 0, width, height) ?? { data: [] };
  const grey = new Uint8Array(width * height);
  for (let at = 0; at < grey.length; at++) {
    const [red = 0, green = 0, blue = 0] = [data[at * 4], data[at * 4 + 1], data[at * 4 + 2]];
    grey[at] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  }
  return drawnSmall({ width, height, grey });
}
