/** The elements of an array as they are parsed. */
import { ReferenceList } from './reference-list.ts';
import type { PdfItem, SyntaxWindow } from './values.ts';

/** From here on an array of nothing but references, such as /Kids of 200,000 pages, is kept in little memory. */
const LONG_ARRAY = 1_000;

export class ArrayItems {
  readonly #window: SyntaxWindow;
  #plain: PdfItem[] = [];
  #references: ReferenceList | undefined;

  constructor(window: SyntaxWindow) {
    this.#window = window;
  }

  push(item: PdfItem): void {
    if (this.#references?.push(item)) return;
    if (this.#references) {
      this.#plain = Array.from(this.#references.asArray());
      this.#references = undefined;
    }
    this.#plain.push(item);
    if (this.#plain.length === LONG_ARRAY) this.#compress();
  }

  get all(): readonly PdfItem[] {
    return this.#references?.asArray() ?? this.#plain;
  }

  #compress(): void {
    const references = new ReferenceList(this.#window);
    if (!this.#plain.every((item) => references.push(item))) return;
    this.#references = references;
    this.#plain = [];
  }
}
