import type { PDFViewer } from 'pdfjs-dist/web/pdf_viewer.mjs';

type Texts = NonNullable<ConstructorParameters<typeof PDFViewer>[0]['l10n']>;

/**
 * pdf.js would load a translation of its own for parts of its viewer that are not shown here, and label every page of
 * a document before the first is drawn. What a page is called, its view is told when it is drawn.
 */
export const NO_TEXTS = Object.freeze({
  getLanguage: () => 'en',
  getDirection: () => 'ltr',
  get: async () => '',
  translate: async () => undefined,
  translateOnce: async () => undefined,
  destroy: async () => undefined,
  pause: () => undefined,
  resume: () => undefined,
}) as unknown as Texts;
