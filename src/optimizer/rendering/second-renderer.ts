/**
 * PDFium draws pages in little, beside the viewer of the windows, so that what the two draw differently is found before a
 * person relies on one of them. It runs in the process that works on documents, with its deadline and its limit of
 * memory, and reads nothing but the document.
 */
import { readFile, stat } from 'node:fs/promises';
import { DRAWN_LARGER, drawnSmall, type PagePicture } from '../../contract/model/page-picture.ts';
import { DrawnDocument, FLAGS, LARGEST_FILE } from './pdfium.ts';

export interface SecondLookInput {
  readonly path: string;
  readonly password?: string;
  /** Of the document, counted from 1. */
  readonly from: number;
  readonly to: number;
  /** The longer side of each picture, in dots. */
  readonly side: number;
}

/** A page as PDFium draws it for a screen and, where that is other, for paper; undefined where it cannot. */
export interface SecondLook {
  readonly page: number;
  readonly screen?: PagePicture;
  readonly paper?: PagePicture;
}

/** @returns a look at each page; empty for a document that is too large or that PDFium cannot open */
export async function secondLook(input: SecondLookInput): Promise<SecondLook[]> {
  if ((await stat(input.path)).size > LARGEST_FILE) return [];
  const document = await DrawnDocument.open(await readFile(input.path), input.password);
  if (!document) return [];
  const looks: SecondLook[] = [];
  for (let page = input.from; page <= input.to; page++)
    looks.push({ page, ...picturesOf(document, page, input.side) });
  document.close();
  return looks;
}

function picturesOf(document: DrawnDocument, number: number, side: number): Omit<SecondLook, 'page'> {
  const pictures = document.withPage(number, ({ width, height, draw }) => {
    const scale = side / Math.max(width, height);
    const size = {
      width: Math.max(1, Math.round(width * scale)) * DRAWN_LARGER,
      height: Math.max(1, Math.round(height * scale)) * DRAWN_LARGER,
    };
    const screen = draw(size, FLAGS.annotations);
    const paper = draw(size, FLAGS.annotations | FLAGS.printing);
    return { screen: drawnSmall(screen), ...(!samePixels(screen, paper) && { paper: drawnSmall(paper) }) };
  });
  return pictures ?? {};
}

/** The same program draws both: what it draws alike is alike to the dot. */
const samePixels = (one: PagePicture, other: PagePicture): boolean =>
  one.grey.every((value, at) => value === other.grey[at]);
