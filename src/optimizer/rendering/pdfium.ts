/**
 * PDFium, compiled to WebAssembly: an independent program that draws pages. It runs in the process that works on
 * documents, with its deadline and its limit of memory, and reads nothing but the bytes that it is given.
 */
import { PDFiumLibrary } from '@hyzyla/pdfium';

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
  _FPDF_GetPageCount(document: number): number;
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

let started: Promise<PdfiumModule> | undefined;

/** Started when first needed; kept by the process. */
async function pdfium(): Promise<PdfiumModule> {
  started ??= PDFiumLibrary.init().then((library) => (library as unknown as { module: PdfiumModule }).module);
  return started;
}

/** A page in colour: blue, green, red and a byte without meaning for each dot, line by line from the top. */
export interface ColourPicture {
  readonly width: number;
  readonly height: number;
  readonly bgra: Uint8Array;
}

/** Dots of the sides, from the size of the page in points. */
type Scaled = (width: number, height: number) => { readonly width: number; readonly height: number };

export interface PdfiumDocument {
  readonly pages: number;
  /**
   * A page with its annotations and fields; undefined where PDFium cannot draw it.
   * @param page counted from 1
   * @param medium what shows on a screen and on paper may be different things (ISO 32000-2 table 167, §8.11)
   */
  draw(page: number, scaled: Scaled, medium: 'screen' | 'paper'): ColourPicture | undefined;
}

/**
 * Opens a document for as long as `use` draws it.
 * @returns undefined where PDFium cannot open it
 */
export async function withPdfium<T>(
  bytes: Uint8Array,
  password: string,
  use: (document: PdfiumDocument) => Promise<T> | T,
): Promise<T | undefined> {
  const library = await pdfium();
  const data = copied(library, bytes);
  const passwordData = copied(library, Buffer.from(`${password}\0`));
  const info = copied(library, Uint8Array.of(FORM_INFO.version, ...new Uint8Array(FORM_INFO.bytes - 1)));
  const document = library._FPDF_LoadMemDocument(data, bytes.length, passwordData);
  const form = document === 0 ? 0 : library._FPDFDOC_InitFormFillEnvironment(document, info);
  try {
    if (document === 0) return undefined;
    return await use({
      pages: library._FPDF_GetPageCount(document),
      draw: (page, scaled, medium) => drawn(library, { document, form }, page, scaled, medium),
    });
  } finally {
    if (form !== 0) library._FPDFDOC_ExitFormFillEnvironment(form);
    if (document !== 0) library._FPDF_CloseDocument(document);
    for (const pointer of [info, passwordData, data]) library.wasmExports.free(pointer);
  }
}

function copied(library: PdfiumModule, bytes: Uint8Array): number {
  const pointer = library.wasmExports.malloc(bytes.length);
  // Read after the allocation: memory that grew is another buffer.
  library.HEAPU8.set(bytes, pointer);
  return pointer;
}

interface Opened {
  readonly document: number;
  /** What draws its fields, which are no part of a page to PDFium; 0 where there is none. */
  readonly form: number;
}

function drawn(
  library: PdfiumModule,
  { document, form }: Opened,
  number: number,
  scaled: Scaled,
  medium: 'screen' | 'paper',
): ColourPicture | undefined {
  const page = library._FPDF_LoadPage(document, number - 1);
  if (page === 0) return undefined;
  try {
    const [across, down] = [library._FPDF_GetPageWidth(page), library._FPDF_GetPageHeight(page)];
    if (!(across > 0 && down > 0)) return undefined;
    return paint(library, page, scaled(across, down), {
      form,
      flags: medium === 'paper' ? FLAGS.annotations | FLAGS.printing : FLAGS.annotations,
    });
  } finally {
    library._FPDF_ClosePage(page);
  }
}

function paint(
  library: PdfiumModule,
  page: number,
  { width, height }: { readonly width: number; readonly height: number },
  { form, flags }: { readonly form: number; readonly flags: number },
): ColourPicture {
  const stride = width * 4;
  const data = library.wasmExports.malloc(stride * height);
  const bitmap = library._FPDFBitmap_CreateEx(width, height, FORMAT_BGRA, data, stride);
  try {
    library._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
    library._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags);
    if (form !== 0) library._FPDF_FFLDraw(form, bitmap, page, 0, 0, width, height, 0, flags);
    return { width, height, bgra: library.HEAPU8.slice(data, data + stride * height) };
  } finally {
    library._FPDFBitmap_Destroy(bitmap);
    library.wasmExports.free(data);
  }
}
