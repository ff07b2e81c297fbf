/**
 * PDFium, compiled to WebAssembly: draws pages in little, beside the viewer of the windows, so that what the two draw
 * differently is found before a person relies on one of them. It runs in the process that works on documents, with its
 * deadline and its limit of memory, and reads nothing but the document.
 */
import { readFile, stat } from 'node:fs/promises';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { DRAWN_LARGER, drawnSmall, type PagePicture } from '../../contract/model/page-picture.ts';

/** PDFium has a whole document in its memory; larger ones have no second picture. */
const LARGEST_FILE = 64 * 1024 * 1024;

/** fpdfview.h */
const FLAGS = Object.freeze({ annotations: 0x01, printing: 0x800 });
const FORMAT_BGRA = 4;
const WHITE = 0xffffffff;

/** Where a page is drawn in the bitmap, and how (fpdfview.h). */
type Drawn = [left: number, top: number, width: number, height: number, turn: number, flags: number];

/** The functions of PDFium that are used here (fpdfview.h), by the names that Emscripten gives them. */
interface PdfiumModule {
  readonly HEAPU8: Uint8Array;
  readonly wasmExports: { malloc(bytes: number): number; free(pointer: number): void };
  _FPDF_LoadMemDocument(data: number, bytes: number, password: number): number;
  _FPDF_CloseDocument(document: number): void;
  _FPDF_LoadPage(document: number, index: number): number;
  _FPDF_ClosePage(page: number): void;
  _FPDF_GetPageWidth(page: number): number;
  _FPDF_GetPageHeight(page: number): number;
  _FPDFDOC_InitFormFillEnvironment(document: number, info: number): number;
  _FPDFDOC_ExitFormFillEnvironment(form: number): void;
  _FPDFBitmap_CreateEx(width: number, height: number, format: number, data: number, stride: number): number;
  _FPDFBitmap_FillRect(
    bitmap: number,
    left: number,
    top: number,
    width: number,
    height: number,
    colour: number,
  ): void;
  _FPDFBitmap_Destroy(bitmap: number): void;
  _FPDF_RenderPageBitmap(bitmap: number, page: number, ...drawn: Drawn): void;
  _FPDF_FFLDraw(form: number, bitmap: number, page: number, ...drawn: Drawn): void;
}

/** FPDF_FORMFILLINFO (fpdf_formfill.h): its version, and more than all its callbacks. None is set, so none is called. */
const FORM_INFO = Object.freeze({ version: 1, bytes: 256 });

let module: Promise<PdfiumModule> | undefined;

/** Started when first needed; kept by the process. */
async function pdfium(): Promise<PdfiumModule> {
  module ??= PDFiumLibrary.init().then((library) => (library as unknown as { module: PdfiumModule }).module);
  return module;
}

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
  const bytes = await readFile(input.path);
  const library = await pdfium();
  const data = copied(library, bytes);
  const password = copied(library, Buffer.from(`${input.password ?? ''}\0`));
  const info = copied(library, Uint8Array.of(FORM_INFO.version, ...new Uint8Array(FORM_INFO.bytes - 1)));
  try {
    const document = library._FPDF_LoadMemDocument(data, bytes.length, password);
    if (document === 0) return [];
    const form = library._FPDFDOC_InitFormFillEnvironment(document, info);
    const looks: SecondLook[] = [];
    for (let page = input.from; page <= input.to; page++)
      looks.push({ page, ...picturesOf(library, { document, form }, page, input.side) });
    if (form !== 0) library._FPDFDOC_ExitFormFillEnvironment(form);
    library._FPDF_CloseDocument(document);
    return looks;
  } finally {
    library.wasmExports.free(info);
    library.wasmExports.free(data);
    library.wasmExports.free(password);
  }
}

function copied({ wasmExports, HEAPU8 }: PdfiumModule, bytes: Uint8Array): number {
  const pointer = wasmExports.malloc(bytes.length);
  // Its memory may have grown, and moved, by now.
  (pointer + bytes.length <= HEAPU8.length ? HEAPU8 : HEAPU8.subarray(0)).set(bytes, pointer);
  return pointer;
}

interface Opened {
  readonly document: number;
  /** What draws its fields, which are no part of a page to PDFium; 0 where there is none. */
  readonly form: number;
}

function picturesOf(
  library: PdfiumModule,
  { document, form }: Opened,
  number: number,
  side: number,
): Omit<SecondLook, 'page'> {
  const page = library._FPDF_LoadPage(document, number - 1);
  if (page === 0) return {};
  try {
    const [width, height] = [library._FPDF_GetPageWidth(page), library._FPDF_GetPageHeight(page)];
    if (!(width > 0 && height > 0)) return {};
    const scale = side / Math.max(width, height);
    const size = {
      width: Math.max(1, Math.round(width * scale)) * DRAWN_LARGER,
      height: Math.max(1, Math.round(height * scale)) * DRAWN_LARGER,
    };
    const screen = draw(library, page, size, { form, flags: FLAGS.annotations });
    const paper = draw(library, page, size, { form, flags: FLAGS.annotations | FLAGS.printing });
    return { screen: drawnSmall(screen), ...(!samePixels(screen, paper) && { paper: drawnSmall(paper) }) };
  } finally {
    library._FPDF_ClosePage(page);
  }
}

function draw(
  library: PdfiumModule,
  page: number,
  { width, height }: { readonly width: number; readonly height: number },
  { form, flags }: { readonly form: number; readonly flags: number },
): PagePicture {
  const stride = width * 4;
  const data = library.wasmExports.malloc(stride * height);
  const bitmap = library._FPDFBitmap_CreateEx(width, height, FORMAT_BGRA, data, stride);
  try {
    library._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
    library._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags);
    if (form !== 0) library._FPDF_FFLDraw(form, bitmap, page, 0, 0, width, height, 0, flags);
    const bgra = library.HEAPU8.subarray(data, data + stride * height);
    const grey = new Uint8Array(width * height);
    for (let at = 0; at < grey.length; at++) {
      const [blue = 0, green = 0, red = 0] = bgra.subarray(at * 4, at * 4 + 3);
      grey[at] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
    }
    return { width, height, grey };
  } finally {
    library._FPDFBitmap_Destroy(bitmap);
    library.wasmExports.free(data);
  }
}

/** The same program draws both: what it draws alike is alike to the dot. */
const samePixels = (one: PagePicture, other: PagePicture): boolean =>
  one.grey.every((value, at) => value === other.grey[at]);
