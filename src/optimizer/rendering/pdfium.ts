/** PDFium, compiled to WebAssembly (@hyzyla/pdfium): opens a document in memory and draws its pages. */
import { PDFiumLibrary } from '@hyzyla/pdfium';
import type { PagePicture } from '../../contract/model/page-picture.ts';

/** PDFium has a whole document in its memory; larger ones are not drawn. */
export const LARGEST_FILE = 64 * 1024 * 1024;

/** fpdfview.h */
export const FLAGS = Object.freeze({ annotations: 0x01, printing: 0x800 });
const FORMAT_BGRA = 4;
const WHITE = 0xffffffff;

/** The functions of PDFium that are used here (fpdfview.h), by the names that Emscripten gives them. */
interface PdfiumModule {
  _FPDF_GetPageCount(document: number): number;
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
  _FPDF_RenderPageBitmap(
    bitmap: number,
    page: number,
    left: number,
    top: number,
    width: number,
    height: number,
    turn: number,
    flags: number,
  ): void;
  _FPDF_FFLDraw(
    form: number,
    bitmap: number,
    page: number,
    left: number,
    top: number,
    width: number,
    height: number,
    turn: number,
    flags: number,
  ): void;
}

/** FPDF_FORMFILLINFO (fpdf_formfill.h): its version, and more than all its callbacks. None is set, so none is called. */
const FORM_INFO = Object.freeze({ version: 1, bytes: 256 });

let module: Promise<PdfiumModule> | undefined;

/** Started when first needed; kept by the process. */
async function pdfium(): Promise<PdfiumModule> {
  module ??= PDFiumLibrary.init().then((library) => (library as unknown as { module: PdfiumModule }).module);
  return module;
}

/** A document that PDFium has open; what it gives back is valid until it is closed. */
export class DrawnDocument {
  readonly #library: PdfiumModule;
  readonly #opened: Opened;
  readonly #memory: readonly number[];

  private constructor(library: PdfiumModule, opened: Opened, memory: readonly number[]) {
    this.#library = library;
    this.#opened = opened;
    this.#memory = memory;
  }

  /** Undefined where PDFium cannot open it. */
  static async open(bytes: Uint8Array, password = ''): Promise<DrawnDocument | undefined> {
    const library = await pdfium();
    const data = copied(library, bytes);
    const secret = copied(library, Buffer.from(`${password}\0`));
    const info = copied(library, Uint8Array.of(FORM_INFO.version, ...new Uint8Array(FORM_INFO.bytes - 1)));
    const memory = [info, data, secret];
    const document = library._FPDF_LoadMemDocument(data, bytes.length, secret);
    if (document === 0) {
      for (const pointer of memory) library.wasmExports.free(pointer);
      return undefined;
    }
    const form = library._FPDFDOC_InitFormFillEnvironment(document, info);
    return new DrawnDocument(library, { document, form }, memory);
  }

  get pages(): number {
    return this.#library._FPDF_GetPageCount(this.#opened.document);
  }

  /** @param number of the page, counted from 1 @returns undefined where PDFium cannot draw it */
  withPage<T>(number: number, use: (page: DrawnPage) => T): T | undefined {
    const library = this.#library;
    const page = library._FPDF_LoadPage(this.#opened.document, number - 1);
    if (page === 0) return undefined;
    try {
      const [width, height] = [library._FPDF_GetPageWidth(page), library._FPDF_GetPageHeight(page)];
      if (!(width > 0 && height > 0)) return undefined;
      const { form } = this.#opened;
      return use({
        width,
        height,
        draw: (size, flags) =>
          draw(library, page, size, { form: flags & FLAGS.annotations ? form : 0, flags }),
      });
    } finally {
      library._FPDF_ClosePage(page);
    }
  }

  close(): void {
    const { document, form } = this.#opened;
    if (form !== 0) this.#library._FPDFDOC_ExitFormFillEnvironment(form);
    this.#library._FPDF_CloseDocument(document);
    for (const pointer of this.#memory) this.#library.wasmExports.free(pointer);
  }
}

interface DrawnPage {
  /** In points. */
  readonly width: number;
  readonly height: number;
  /** `size` in dots; `flags`: of FLAGS, without `annotations` neither these nor form fields are drawn. */
  readonly draw: (size: { readonly width: number; readonly height: number }, flags: number) => PagePicture;
}

function copied(library: PdfiumModule, bytes: Uint8Array): number {
  const pointer = library.wasmExports.malloc(bytes.length);
  // Asked for after the allocation: the memory may have grown, and moved.
  library.HEAPU8.set(bytes, pointer);
  return pointer;
}

interface Opened {
  readonly document: number;
  /** What draws its fields, which are no part of a page to PDFium; 0 where there is none. */
  readonly form: number;
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
    const heap = library.HEAPU8;
    const grey = new Uint8Array(width * height);
    for (let at = 0, from = data; at < grey.length; at++, from += 4) {
      const mixed = 0.299 * (heap[from + 2] ?? 0) + 0.587 * (heap[from + 1] ?? 0) + 0.114 * (heap[from] ?? 0);
      grey[at] = Math.round(mixed);
    }
    return { width, height, grey };
  } finally {
    library._FPDFBitmap_Destroy(bitmap);
    library.wasmExports.free(data);
  }
}
