/** Looks at every object that a document reaches from its catalog, up to a number of objects. */
import { toOssError } from '../../../contract/errors.ts';
import type { LoadedObject, PdfDocument } from '../../read/document.ts';
import {
  entryOf,
  nameOf,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
} from '../../syntax/values.ts';

export interface Walked {
  readonly objects: number;
  readonly unreadable: number;
  /** The limit was reached before the end. */
  readonly isPartial: boolean;
}

export interface WalkLimits {
  readonly maxObjects: number;
}

/** What a person would not lose by not looking at it: the object counts as unreadable. */
const UNREADABLE: readonly string[] = ['OSS_PDF_MALFORMED', 'OSS_PDF_LIMIT'];

/**
 * `visit` is told each dictionary, those inside other objects too. Pages come last, so that a long document does not
 * hide what its catalog says.
 * @throws OSS_PDF_XREF_DAMAGED, and what a source throws.
 */
export async function walkObjects(
  document: PdfDocument,
  { maxObjects }: WalkLimits,
  visit: (dictionary: PdfDictionary) => Promise<void>,
): Promise<Walked> {
  const walk = new Walk(document, maxObjects, visit);
  const { reference } = document.catalog;
  walk.enqueue(reference);
  await walk.run();
  return walk;
}

class Walk implements Walked {
  unreadable = 0;
  isPartial = false;
  readonly #document: PdfDocument;
  readonly #maxObjects: number;
  readonly #visit: (dictionary: PdfDictionary) => Promise<void>;
  readonly #seen = new Set<number>();
  readonly #queue: PdfReference[] = [];
  /** Pages and what only they lead to. */
  readonly #pages: PdfReference[] = [];

  constructor(
    document: PdfDocument,
    maxObjects: number,
    visit: (dictionary: PdfDictionary) => Promise<void>,
  ) {
    this.#document = document;
    this.#maxObjects = maxObjects;
    this.#visit = visit;
  }

  get objects(): number {
    return this.#seen.size;
  }

  enqueue(reference: PdfReference, isPage = false): void {
    if (this.#seen.has(reference.number)) return;
    if (this.#seen.size >= this.#maxObjects) {
      this.isPartial = true;
      return;
    }
    this.#seen.add(reference.number);
    (isPage ? this.#pages : this.#queue).push(reference);
  }

  async run(): Promise<void> {
    for (;;) {
      const reference = this.#queue.pop() ?? this.#pages.pop();
      if (!reference) return;
      const loaded = await this.#load(reference);
      if (loaded) await this.#look(loaded.value);
    }
  }

  async #load(reference: PdfReference): Promise<LoadedObject | undefined> {
    try {
      return await this.#document.load(reference);
    } catch (thrown) {
      if (!UNREADABLE.includes(toOssError(thrown).code)) throw thrown;
      this.unreadable += 1;
      return undefined;
    }
  }

  async #look(value: PdfValue, isPage = false): Promise<void> {
    if (value.kind === 'reference') this.enqueue(value, isPage);
    if (value.kind === 'array') {
      for (const item of value.items) {
        if (this.isPartial) return;
        await this.#look(item.value, isPage);
      }
    }
    if (value.kind === 'stream') await this.#lookInto(value.dictionary);
    if (value.kind === 'dictionary') await this.#lookInto(value);
  }

  async #lookInto(dictionary: PdfDictionary): Promise<void> {
    await this.#visit(dictionary);
    const isNode = nameOf(entryOf(dictionary, 'Type')) === 'Pages';
    for (const [key, { value }] of dictionary.entries) {
      if (key === 'Parent') continue; // the way back
      await this.#look(value, (isNode && key === 'Kids') || key === 'Pages' || key === 'P');
    }
  }
}
