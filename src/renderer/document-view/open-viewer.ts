/** The viewer of pdf.js as we let it be: nothing runs, nothing is typed, nothing leads elsewhere. */
import { type EventBus, PDFFindController, PDFLinkService, PDFViewer } from 'pdfjs-dist/web/pdf_viewer.mjs';
import { pdfjs } from './pdfjs.ts';
import { NO_TEXTS } from './viewer-texts.ts';

/** @param ending ends what listens on the document of the window */
export function openViewer(
  container: HTMLDivElement,
  element: HTMLDivElement,
  eventBus: EventBus,
  ending: AbortSignal,
): { readonly viewer: PDFViewer; readonly links: PDFLinkService } {
  const links = new PDFLinkService({ eventBus });
  links.externalLinkEnabled = false;
  const viewer = new PDFViewer({
    container,
    viewer: element,
    eventBus,
    linkService: links,
    findController: new PDFFindController({ eventBus, linkService: links }),
    maxCanvasPixels: 2 ** 24,
    l10n: NO_TEXTS,
    // An option that its types do not know.
    ...{ abortSignal: ending },
    // Fields and annotations are drawn as their appearances are on paper. Nothing can be typed over them.
    annotationMode: pdfjs.AnnotationMode.ENABLE,
    // Without one no script of a document is even parsed.
    scriptingManager: undefined,
    // For the eye only: nothing can be drawn or written into a document.
    annotationEditorMode: pdfjs.AnnotationEditorType.DISABLE,
  });
  links.setViewer(viewer);
  return { viewer, links };
}
