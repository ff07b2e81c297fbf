import type { PDFPageProxy, RenderTask } from 'pdfjs-dist';
import styles from './document-view.module.css';
import { pdfjs } from './pdfjs.ts';

/**
 * The first page, where the viewer will draw it: thousands of pages take longer to be laid out than one to be drawn.
 * The viewer draws it again from the same operators, which the worker does not read twice.
 */
export class Glimpse {
  readonly #container: HTMLElement;
  #canvas: HTMLCanvasElement | undefined;
  #task: RenderTask | undefined;

  constructor(container: HTMLElement) {
    this.#container = container;
  }

  /** @param width of the page, in CSS pixels @returns once it has been seen, or false where it cannot be drawn */
  async show(page: PDFPageProxy, width: number): Promise<boolean> {
    const scale = width / page.getViewport({ scale: 1 }).width;
    const viewport = page.getViewport({ scale: scale * window.devicePixelRatio });
    const canvas = document.createElement('canvas');
    this.#canvas = canvas;
    canvas.className = styles.glimpse ?? '';
    canvas.ariaHidden = 'true';
    canvas.width = Math.floor(viewport.width);
    canvas.height = Math.floor(viewport.height);
    canvas.style.width = `${width}px`;
    // As the viewer asks for it: otherwise the operators are not the same.
    const { ENABLE: annotationMode } = pdfjs.AnnotationMode;
    this.#task = page.render({ canvas, viewport, annotationMode });
    try {
      await this.#task.promise;
    } catch {
      this.end();
      return false; // The viewer says what is wrong with the page.
    }
    this.#container.append(canvas);
    await painted();
    return true;
  }

  end(): void {
    this.#task?.cancel();
    this.#canvas?.remove();
    this.#canvas = undefined;
  }
}

/** What is queued in a frame runs after that frame was painted. */
const painted = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
