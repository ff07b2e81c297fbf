/** Pages of which viewers show a part, or something of their own: they cannot count as seen. */
import { constants, inflateSync } from 'node:zlib';
import { toOssError } from '../../contract/errors.ts';
import type { PdfDocument } from '../read/document.ts';
import {
  dictionaryOf,
  entryOf,
  integerOf,
  nameOf,
  type PdfDictionary,
  type PdfStream,
  type PdfValue,
} from '../syntax/values.ts';

/** The viewer of the windows leaves pictures of more dots out (`maxImageSize` of `open-document.ts`). */
const MOST_DOTS = 100_000_000;
/** What a clerk waits for: more of a document is not looked at. */
const BUDGET = Object.freeze({ pages: 2_000, bytes: 64 * 1024 * 1024 });
const LARGEST_PART = 64 * 1024 * 1024;

/** @returns their numbers, ascending. @throws what a source throws. */
export async function incompletePages(document: PdfDocument, pages: number): Promise<number[]> {
  const search = new Search(document);
  const incomplete: number[] = [];
  for (let number = 1; number <= Math.min(pages, BUDGET.pages) && !search.isOver; number++) {
    const page = await document.page(number).catch(unlessUnreadable);
    // A part that cannot be read is not drawn by anybody either.
    const isIncomplete = page && (await search.isIncomplete(page.dictionary).catch(unlessUnreadable));
    if (page && isIncomplete !== false) incomplete.push(number);
  }
  return incomplete;
}

/** A page that cannot be read at all is said elsewhere, and drawn by nobody. */
function unlessUnreadable(thrown: unknown): undefined {
  if (!['OSS_PDF_MALFORMED', 'OSS_PDF_LIMIT'].includes(toOssError(thrown).code)) throw thrown;
  return undefined;
}

class Search {
  readonly #document: PdfDocument;
  /** By object number: pages share their pictures. */
  readonly #known = new Map<number, boolean>();
  #bytes = 0;

  constructor(document: PdfDocument) {
    this.#document = document;
  }

  get isOver(): boolean {
    return this.#bytes > BUDGET.bytes;
  }

  async isIncomplete(page: PdfDictionary): Promise<boolean> {
    const contents = await this.#document.lookup(page, 'Contents');
    const parts =
      contents.kind === 'array' ? contents.items.map(({ value }) => value) : [entryOf(page, 'Contents')];
    for (const part of parts) if (await this.#isFlawed(part)) return true;
    const resources = dictionaryOf(await this.#document.lookup(page, 'Resources'));
    const objects = resources && dictionaryOf(await this.#document.lookup(resources, 'XObject'));
    for (const { value } of objects?.entries.values() ?? []) if (await this.#isFlawed(value)) return true;
    return false;
  }

  async #isFlawed(value: PdfValue): Promise<boolean> {
    if (value.kind !== 'reference' || this.isOver) return false;
    const known = this.#known.get(value.number);
    if (known !== undefined) return known;
    const stream = await this.#document.resolve(value).catch(() => undefined);
    const isFlawed =
      stream?.kind === 'stream' &&
      ((await this.#isTooLarge(stream)) || (await this.#isDamaged(value, stream)));
    this.#known.set(value.number, isFlawed);
    return isFlawed;
  }

  async #isTooLarge({ dictionary }: PdfStream): Promise<boolean> {
    if (nameOf(await this.#document.lookup(dictionary, 'Subtype')) !== 'Image') return false;
    const width = integerOf(await this.#document.lookup(dictionary, 'Width')) ?? 0;
    const height = integerOf(await this.#document.lookup(dictionary, 'Height')) ?? 0;
    return width * height > MOST_DOTS;
  }

  /** Compressed data that is not what its checksum says (RFC 1950 §2.2): each viewer paints what it makes of it. */
  async #isDamaged(reference: Extract<PdfValue, { kind: 'reference' }>, stream: PdfStream): Promise<boolean> {
    const filter = await this.#document.lookup(stream.dictionary, 'Filter');
    const only = filter.kind === 'array' && filter.items.length === 1 ? filter.items[0]?.value : filter;
    if (!only || !['FlateDecode', 'Fl'].includes(nameOf(only) ?? '')) return false;
    const data = await this.#document.rawStreamData(reference, stream).catch(() => undefined);
    if (!data) return true;
    this.#bytes += data.length;
    try {
      inflateSync(data, {
        maxOutputLength: LARGEST_PART,
        // Some producers leave out the end of the deflate stream; what came before is right.
        finishFlush: constants.Z_SYNC_FLUSH,
      });
      return false;
    } catch (thrown) {
      return !(thrown instanceof RangeError);
    }
  }
}
