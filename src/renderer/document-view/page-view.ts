import { RenderingStates } from 'pdfjs-dist/web/pdf_viewer.mjs';
import { LEGIBLE_SCALE } from './legible.ts';

/** Drawn with so many dots that it can be read: of very large pages only what is in sight is drawn sharply. */
export function isSharp({ renderingState, canvas, div, detailView }: PageView, scale: number): boolean {
  if (renderingState !== RenderingStates.FINISHED || !canvas) return false;
  const drawn = (canvas.width / div.clientWidth) * scale;
  return drawn >= LEGIBLE_SCALE || detailView?.renderingState === RenderingStates.FINISHED;
}

/** What the types of pdf.js leave out or leave open. */
export interface PageView {
  readonly id: number;
  readonly div: HTMLElement;
  readonly renderingState: number;
  readonly canvas: HTMLCanvasElement | null;
  /** The part in sight of a page too large to be drawn sharply as a whole. */
  readonly detailView: { readonly renderingState: number } | null;
}
