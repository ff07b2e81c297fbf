import { shownLine } from '../base/isolate.ts';
import type { Sheet } from './page-layout.ts';

/** Takes everything that would be written, so that the typefaces for it can be opened before. */
export class CollectedTexts implements Sheet {
  readonly #texts = new Set<string>();

  get all(): readonly string[] {
    return [...this.#texts];
  }

  title(text: string, subtitle: string): void {
    this.#take(text, subtitle);
  }

  heading(text: string): void {
    this.#take(text);
  }

  paragraph(text: string): void {
    this.#take(text);
  }

  note(text: string): void {
    this.#take(text);
  }

  warning(text: string): void {
    this.#take(text);
  }

  verdict(_tone: unknown, text: string): void {
    this.#take(text);
  }

  numbered(_position: number, text: string): void {
    this.#take(text);
  }

  row(label: string, value: string): void {
    this.#take(label, value);
  }

  footers(text: (page: number, pages: number) => string, identifier: string): void {
    this.#take(text(1, 1), identifier);
  }

  #take(...texts: readonly string[]): void {
    for (const text of texts) this.#texts.add(shownLine(text));
  }
}
