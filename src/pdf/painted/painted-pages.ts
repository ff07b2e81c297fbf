/** What the pages of a document show and where, read when it is asked for. */
import { OssError } from '../../contract/errors.ts';
import type { PdfDocument } from '../read/document.ts';
import { type PdfPage, type Rectangle, shownBox } from '../read/page-tree.ts';
import { dictionaryOf, EMPTY_DICTIONARY, entryOf, type PdfDictionary } from '../syntax/values.ts';
import { contentData } from './content-data.ts';
import { paint } from './painter.ts';
import { type Beneath, Painting } from './painting.ts';

const LARGEST_CONTENT = 16 * 1024 * 1024;
const MAX_ANCESTORS = 64;
/** Pages read for one comparison; marks on more of them count as covering content. */
const MAX_PAGES = 200;

export class PaintedPages {
  readonly #document: PdfDocument;
  readonly #pages = new Map<number, Promise<Painting>>();

  constructor(document: PdfDocument) {
    this.#document = document;
  }

  /**
   * What lies under a mark on a page, counted from 1.
   * @throws OSS_FILE_CHANGED; what cannot be read counts as content.
   */
  async beneath(page: number, mark: Rectangle): Promise<Beneath> {
    return (await this.#painting(page)).beneath(mark);
  }

  /** Whether text stands in a place that is there to be filled in. @throws OSS_FILE_CHANGED. */
  async isWritten(page: number, place: Rectangle): Promise<boolean> {
    return (await this.#painting(page)).isWritten(place);
  }

  #painting(page: number): Promise<Painting> {
    const known = this.#pages.get(page);
    if (known) return known;
    const painting = this.#pages.size < MAX_PAGES ? this.#read(page) : Promise.resolve(unknown());
    this.#pages.set(page, painting);
    return painting;
  }

  async #read(number: number): Promise<Painting> {
    try {
      const page = await this.#document.page(number);
      const box = shownBox(page);
      const painting = new Painting(box);
      const resources = await this.#resources(page.dictionary);
      await paint(this.#document, await this.#content(page), resources, box, painting);
      return painting;
    } catch (error) {
      if (error instanceof OssError && error.code !== 'OSS_FILE_CHANGED') return unknown();
      throw error;
    }
  }

  /** Its streams are one content, divided anywhere between tokens (§7.8.2). */
  async #content({ dictionary }: PdfPage): Promise<Uint8Array> {
    const entry = entryOf(dictionary, 'Contents');
    const resolved = await this.#document.resolve(entry);
    const parts = resolved.kind === 'array' ? resolved.items.map(({ value }) => value) : [entry];
    const data: Uint8Array[] = [];
    let length = 0;
    for (const part of parts) {
      const stream = await this.#document.resolve(part);
      if (part.kind !== 'reference' || stream.kind !== 'stream') continue;
      data.push(await contentData(this.#document, part, stream), Uint8Array.of(0x0a));
      length += data.at(-2)?.length ?? 0;
      if (length > LARGEST_CONTENT) throw new OssError('OSS_PDF_LIMIT', { reason: 'content of a page' });
    }
    return Buffer.concat(data);
  }

  /** Inherited where the page has none of its own (table 31). */
  async #resources(page: PdfDictionary): Promise<PdfDictionary> {
    let node: PdfDictionary | undefined = page;
    for (let above = 0; node && above < MAX_ANCESTORS; above += 1) {
      const own = dictionaryOf(await this.#document.lookup(node, 'Resources'));
      if (own) return own;
      node = dictionaryOf(await this.#document.lookup(node, 'Parent'));
    }
    return EMPTY_DICTIONARY;
  }
}

function unknown(): Painting {
  const painting = new Painting({ x1: 0, y1: 0, x2: 0, y2: 0 });
  painting.isUnknown = true;
  return painting;
}
