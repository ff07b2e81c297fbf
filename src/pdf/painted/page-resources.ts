/** What the content of a page or a form names: fonts, pictures and forms, settings (ISO 32000-2 §7.8.3). */
import type { PdfDocument } from '../read/document.ts';
import {
  dictionaryOf,
  EMPTY_DICTIONARY,
  entryOf,
  NULL,
  nameOf,
  type PdfDictionary,
  type PdfReference,
  type PdfStream,
  type PdfValue,
} from '../syntax/values.ts';
import { type FontExtent, fontExtent, STANDARD_EXTENT } from './font-extent.ts';

export class PageResources {
  readonly #document: PdfDocument;
  readonly #dictionary: PdfDictionary;
  /** By object number; shared by the forms of a page. */
  readonly #fonts: Map<number, FontExtent | undefined>;

  constructor(
    document: PdfDocument,
    dictionary: PdfDictionary,
    fonts = new Map<number, FontExtent | undefined>(),
  ) {
    this.#document = document;
    this.#dictionary = dictionary;
    this.#fonts = fonts;
  }

  /** Of a form inside: its own, or these (§8.10.1). */
  of(own: PdfDictionary | undefined): PageResources {
    return own ? new PageResources(this.#document, own, this.#fonts) : this;
  }

  /** Undefined for writing from top to bottom. */
  async font(name: string | undefined): Promise<FontExtent | undefined> {
    return this.#extentOf(await this.#entry('Font', name));
  }

  async object(
    name: string | undefined,
  ): Promise<
    { readonly reference: PdfReference; readonly stream: PdfStream; readonly isForm: boolean } | undefined
  > {
    const reference = await this.#entry('XObject', name);
    const stream = await this.#document.resolve(reference);
    if (reference.kind !== 'reference' || stream.kind !== 'stream') return undefined;
    const isForm = nameOf(await this.#document.lookup(stream.dictionary, 'Subtype')) === 'Form';
    return { reference, stream, isForm };
  }

  /** As far as it says where something is painted. */
  async graphicsState(name: string | undefined): Promise<{
    readonly lineWidth?: number;
    readonly font?: FontExtent | undefined;
    readonly size?: number;
  }> {
    const state = dictionaryOf(await this.#document.resolve(await this.#entry('ExtGState', name)));
    if (!state) return {};
    const width = await this.#document.lookup(state, 'LW');
    const lineWidth = width.kind === 'number' ? { lineWidth: Math.abs(numberOf(width)) } : {};
    const font = await this.#document.lookup(state, 'Font');
    const [face, size] = font.kind === 'array' ? font.items : [];
    if (!face || !size) return lineWidth;
    return { ...lineWidth, font: await this.#extentOf(face.value), size: numberOf(size.value) };
  }

  async #extentOf(value: PdfValue): Promise<FontExtent | undefined> {
    const key = value.kind === 'reference' ? value.number : undefined;
    if (key !== undefined && this.#fonts.has(key)) return this.#fonts.get(key);
    const font = dictionaryOf(await this.#document.resolve(value));
    const extent = font ? await fontExtent(this.#document, font) : STANDARD_EXTENT;
    if (key !== undefined) this.#fonts.set(key, extent);
    return extent;
  }

  async #entry(category: string, name: string | undefined): Promise<PdfValue> {
    const dictionary = dictionaryOf(await this.#document.lookup(this.#dictionary, category));
    return name === undefined ? NULL : entryOf(dictionary ?? EMPTY_DICTIONARY, name);
  }
}

export async function numbersAt(
  document: PdfDocument,
  dictionary: PdfDictionary,
  key: string,
): Promise<number[]> {
  const array = await document.lookup(dictionary, key);
  const numbers: number[] = [];
  for (const { value } of array.kind === 'array' ? array.items.slice(0, 16) : [])
    numbers.push(numberOf(await document.resolve(value)));
  return numbers;
}

/** What is no number counts as 0. */
export const numberOf = (value: PdfValue | undefined): number =>
  value?.kind === 'number' && Number.isFinite(value.value) ? value.value : 0;
