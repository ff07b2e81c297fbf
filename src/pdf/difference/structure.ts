/** The parts of a document that a person can point at: pages, annotations and form fields, by object number. */
import { OssError } from '../../contract/errors.ts';
import type { PdfDocument } from '../read/document.ts';
import { decodeTextString } from '../syntax/text-string.ts';
import { dictionaryOf, entryOf, NULL, nameOf, type PdfDictionary, type PdfValue } from '../syntax/values.ts';
import { readable } from './object-version.ts';

export interface FieldPart {
  /** Fully qualified. */
  readonly field: string;
  readonly type: string | undefined;
  /** A widget without a name of its own: one of the places where the field shows. */
  readonly isWidget: boolean;
}

export interface Structure {
  /** Object numbers of the pages in their order. */
  readonly pages: readonly number[];
  /** Of a page: its number, counted from 1. */
  readonly pageNumbers: ReadonlyMap<number, number>;
  readonly treeNodes: ReadonlySet<number>;
  /** Of an annotation (widgets among them): the pages that list it; one can show on several. */
  readonly annotationPages: ReadonlyMap<number, readonly number[]>;
  readonly fields: ReadonlyMap<number, FieldPart>;
  /** The objects of a field: itself and its widgets. */
  readonly fieldObjects: ReadonlyMap<string, readonly number[]>;
}

const MAX_DEPTH = 64;
/** As `PageTree` reads. */
const MAX_PAGE_TREE_DEPTH = 1_000;
const MAX_NODES = 2_000_000;

const tooDeep = (): OssError =>
  new OssError('OSS_PDF_LIMIT', { reason: 'the document loops or is too deep' });

/** @throws OSS_PDF_LIMIT, and what reading a document throws. */
export async function readStructure(document: PdfDocument): Promise<Structure> {
  const reading = new Reading(document);
  await reading.readPages(entryOf(document.catalog.dictionary, 'Pages'), new Set());
  const form = dictionaryOf(await document.lookup(document.catalog.dictionary, 'AcroForm'));
  for (const field of form ? await reading.items(form, 'Fields') : []) {
    await reading.readField(field, { name: '', type: undefined, path: [] });
  }
  return reading;
}

interface Above {
  readonly name: string;
  readonly type: string | undefined;
  readonly path: readonly number[];
}

class Reading implements Structure {
  readonly pages: number[] = [];
  readonly pageNumbers = new Map<number, number>();
  readonly treeNodes = new Set<number>();
  readonly annotationPages = new Map<number, number[]>();
  readonly fields = new Map<number, FieldPart>();
  readonly fieldObjects = new Map<string, number[]>();
  readonly #document: PdfDocument;
  #nodes = 0;

  constructor(document: PdfDocument) {
    this.#document = document;
  }

  async items(dictionary: PdfDictionary, key: string): Promise<PdfValue[]> {
    const array = await readable(this.#document.lookup(dictionary, key));
    return array?.kind === 'array' ? array.items.map(({ value }) => value) : [];
  }

  /** `path`: the nodes above. */
  async readPages(value: PdfValue, path: Set<number>): Promise<void> {
    if (value.kind !== 'reference') return;
    this.#nodes += 1;
    if (this.#nodes > MAX_NODES || path.size > MAX_PAGE_TREE_DEPTH || path.has(value.number)) throw tooDeep();
    const node = dictionaryOf((await readable(this.#document.get(value))) ?? NULL);
    if (!node) return;
    if (!node.entries.has('Kids')) return this.#readPage(value.number, node);
    this.treeNodes.add(value.number);
    path.add(value.number);
    for (const kid of await this.items(node, 'Kids')) await this.readPages(kid, path);
    path.delete(value.number);
  }

  async #readPage(number: number, page: PdfDictionary): Promise<void> {
    this.pages.push(number);
    if (this.pageNumbers.has(number)) return;
    this.pageNumbers.set(number, this.pages.length);
    for (const annotation of await this.items(page, 'Annots')) {
      if (annotation.kind === 'reference') this.#placeAnnotation(annotation.number, this.pages.length);
    }
  }

  #placeAnnotation(number: number, page: number): void {
    const pages = this.annotationPages.get(number) ?? [];
    if (pages.at(-1) !== page) pages.push(page);
    this.annotationPages.set(number, pages);
  }

  async readField(value: PdfValue, above: Above): Promise<void> {
    const number = value.kind === 'reference' ? value.number : undefined;
    if (number !== undefined) this.#count(number, above.path);
    const dictionary = dictionaryOf((await readable(this.#document.resolve(value))) ?? NULL);
    if (!dictionary) return;
    const partial = await this.#document.lookup(dictionary, 'T');
    const own = partial.kind === 'string' ? decodeTextString(partial.bytes) : undefined;
    const name = own === undefined ? above.name : above.name === '' ? own : `${above.name}.${own}`;
    const type = nameOf(await this.#document.lookup(dictionary, 'FT')) ?? above.type;
    const isWidget = own === undefined && above.path.length > 0;
    if (number !== undefined) {
      this.fields.set(number, { field: name, type, isWidget });
      const objects = this.fieldObjects.get(name);
      if (objects) objects.push(number);
      else this.fieldObjects.set(name, [number]);
    }
    const path = number === undefined ? above.path : [...above.path, number];
    for (const kid of await this.items(dictionary, 'Kids')) await this.readField(kid, { name, type, path });
  }

  #count(number: number, path: readonly number[]): void {
    this.#nodes += 1;
    if (this.#nodes > MAX_NODES || path.length > MAX_DEPTH || path.includes(number)) throw tooDeep();
  }
}
