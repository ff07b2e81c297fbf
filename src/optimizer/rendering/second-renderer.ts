/**
 * Pages in little as PDFium draws them, beside the viewer of the windows, so that what the two draw differently is found
 * before a person relies on one of them.
 */
import { readFile, stat } from 'node:fs/promises';
import { DRAWN_LARGER, drawnSmall, type PagePicture } from '../../contract/model/page-picture.ts';
import { type ColourPicture, type PdfiumDocument, withPdfium } from './pdfium.ts';

/** PDFium has a whole document in its memory; larger ones have no second picture. */
export const LARGEST_DRAWN_FILE = 64 * 1024 * 1024;

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
export async function secondLook({ path, password, from, to, side }: SecondLookInput): Promise<SecondLook[]> {
  if ((await stat(path)).size > LARGEST_DRAWN_FILE) return [];
  const pages = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const looks = await withPdfium(await readFile(path), password ?? '', (document) =>
    pages.map((page) => ({ page, ...picturesOf(document, page, side) })),
  );
  return looks ?? [];
}

function picturesOf(document: PdfiumDocument, page: number, side: number): Omit<SecondLook, 'page'> {
  const scaled = (width: number, height: number) => {
    const scale = side / Math.max(width, height);
    const dots = (length: number) => Math.max(1, Math.round(length * scale)) * DRAWN_LARGER;
    return { width: dots(width), height: dots(height) };
  };
  const screen = document.draw(page, scaled, 'screen');
  const paper = document.draw(page, scaled, 'paper');
  if (!screen || !paper) return {};
  const [onScreen, onPaper] = [inGrey(screen), inGrey(paper)];
  return {
    screen: drawnSmall(onScreen),
    ...(!samePixels(onScreen, onPaper) && { paper: drawnSmall(onPaper) }),
  };
}

function inGrey({ width, height, bgra }: ColourPicture): PagePicture {
  const grey = new Uint8Array(width * height);
  for (let at = 0; at < grey.length; at++) {
    const [blue = 0, green = 0, red = 0] = bgra.subarray(at * 4, at * 4 + 3);
    grey[at] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  }
  return { width, height, grey };
}

/** The same program draws both: what it draws alike is alike to the dot. */
const samePixels = (one: PagePicture, other: PagePicture): boolean =>
  one.grey.every((value, at) => value === other.grey[at]);
