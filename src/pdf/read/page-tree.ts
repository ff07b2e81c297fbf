/** The page tree and the attributes that pages inherit in it (ISO 32000-2 §7.7.3). */
import { OssError } from '../../contract/errors.ts';
import {
  dictionaryOf,
  entryOf,
  integerOf,
  NULL,
  nameOf,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
  referenceKey,
} from '../syntax/values.ts';
import type { ObjectReader } from './object-reader.ts';

/** In units of user space, normalised so that x1 < x2 and y1 < y2. */
export interface Rectangle {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

export interface PdfPage {
  readonly reference: PdfReference;
  readonly dictionary: PdfDictionary;
  readonly mediaBox: Rectangle;
  readonly cropBox: Rectangle;
  /** Clockwise, degrees. */
  readonly rotate: 0 | 90 | 180 | 270;
  /** Size of a unit of user space in 1/72 inch. */
  readonly userUnit: number;
}

/** What a viewer shows: the crop box inside the media box (§14.11.2), or all of the page where they do not meet. */
export function shownBox({ cropBox, mediaBox }: Pick<PdfPage, 'cropBox' | 'mediaBox'>): Rectangle {
  const x1 = Math.max(cropBox.x1, mediaBox.x1);
  const y1 = Math.max(cropBox.y1, mediaBox.y1);
  const x2 = Math.min(cropBox.x2, mediaBox.x2);
  const y2 = Math.min(cropBox.y2, mediaBox.y2);
  return x1 < x2 && y1 < y2 ? { x1, y1, x2, y2 } : mediaBox;
}

/** Programs that merge documents nest one tree in the other. */
const MAX_DEPTH = 1_000;
const MAX_NODES = 500_000;
const INHERITABLE = ['MediaBox', 'CropBox', 'Rotate'] as const;

type Inherited = Partial<Record<(typeof INHERITABLE)[number], PdfValue>>;
interface Walk {
  /** Pages still to pass before the wanted one. */
  remaining: number;
  nodes: number;
  readonly path: Set<string>;
}

const malformed = (reason: string): OssError => new OssError('OSS_PDF_MALFORMED', { reason });

export class PageTree {
  readonly #reader: ObjectReader;
  readonly #root: PdfReference;

  constructor(reader: ObjectReader, root: PdfReference) {
    this.#reader = reader;
    this.#root = root;
  }

  /** /Count of the root. */
  async count(): Promise<number> {
    const count = integerOf(await this.#reader.lookup(await this.#rootNode(), 'Count'));
    if (count === undefined || count < 1) throw malformed('the page tree has no pages');
    return count;
  }

  async page(number: number): Promise<PdfPage> {
    if (!Number.isSafeInteger(number) || number < 1 || number > (await this.count())) {
      throw new OssError('OSS_PDF_PAGE_NOT_FOUND', { page: number });
    }
    const walk: Walk = { remaining: number - 1, nodes: 0, path: new Set() };
    const page = await this.#find(this.#root, await this.#rootNode(), {}, walk);
    if (!page) throw malformed('the page tree has fewer pages than it says');
    return page;
  }

  async #rootNode(): Promise<PdfDictionary> {
    const dictionary = dictionaryOf(await this.#reader.get(this.#root));
    if (!dictionary) throw malformed('no page tree');
    return dictionary;
  }

  async #find(
    reference: PdfReference,
    node: PdfDictionary,
    above: Inherited,
    walk: Walk,
  ): Promise<PdfPage | undefined> {
    const key = referenceKey(reference);
    walk.nodes += 1;
    if (walk.path.has(key) || walk.path.size >= MAX_DEPTH || walk.nodes > MAX_NODES) {
      throw new OssError('OSS_PDF_LIMIT', { reason: 'the page tree loops or is too deep' });
    }
    const inherited = { ...above };
    for (const name of INHERITABLE) {
      if (node.entries.has(name)) inherited[name] = entryOf(node, name);
    }
    const kids = await this.#reader.lookup(node, 'Kids');
    if (kids.kind !== 'array') return this.#leaf(reference, node, inherited, walk);
    walk.path.add(key);
    const first = await this.#skippedKids(node, kids.items.length, walk);
    for (let index = first; index < kids.items.length; index += 1) {
      const found = await this.#findInKid(kids.items[index]?.value ?? NULL, inherited, walk);
      if (found) return found;
    }
    walk.path.delete(key);
    return undefined;
  }

  /** As many kids as pages means that every kid is a page: the ones before need not be read. */
  async #skippedKids(node: PdfDictionary, kids: number, walk: Walk): Promise<number> {
    const count = integerOf(await this.#reader.lookup(node, 'Count'));
    if (count !== kids || walk.remaining >= count) return 0;
    const skipped = walk.remaining;
    walk.remaining = 0;
    return skipped;
  }

  async #findInKid(kid: PdfValue, inherited: Inherited, walk: Walk): Promise<PdfPage | undefined> {
    if (kid.kind !== 'reference') throw malformed('a page that is not an indirect object');
    const dictionary = dictionaryOf(await this.#reader.get(kid));
    if (!dictionary) throw malformed('a page that does not exist');
    const count = dictionary.entries.has('Kids')
      ? integerOf(await this.#reader.lookup(dictionary, 'Count'))
      : undefined;
    if (count !== undefined && count >= 0 && count <= walk.remaining) {
      walk.remaining -= count;
      return undefined;
    }
    return this.#find(kid, dictionary, inherited, walk);
  }

  async #leaf(
    reference: PdfReference,
    dictionary: PdfDictionary,
    inherited: Inherited,
    walk: Walk,
  ): Promise<PdfPage | undefined> {
    if (walk.remaining > 0) {
      walk.remaining -= 1;
      return undefined;
    }
    if (nameOf(entryOf(dictionary, 'Type')) === 'Pages') throw malformed('a page tree node without kids');
    const mediaBox = await this.#rectangle(inherited.MediaBox);
    if (!mediaBox) throw malformed('a page without a size');
    const rotate = integerOf(await this.#reader.resolve(inherited.Rotate ?? { kind: 'null' })) ?? 0;
    const userUnit = await this.#reader.lookup(dictionary, 'UserUnit');
    return {
      reference,
      dictionary,
      mediaBox,
      cropBox: (await this.#rectangle(inherited.CropBox)) ?? mediaBox,
      rotate: quarterTurns(rotate),
      userUnit: userUnit.kind === 'number' && userUnit.value > 0 ? userUnit.value : 1,
    };
  }

  async #rectangle(value: PdfValue | undefined): Promise<Rectangle | undefined> {
    return value && rectangleOf(this.#reader, value);
  }
}

/** A rectangle by any two opposite corners (§7.9.5), or undefined where it is none. */
export async function rectangleOf(reader: ObjectReader, value: PdfValue): Promise<Rectangle | undefined> {
  const array = await reader.resolve(value);
  if (array.kind !== 'array' || array.items.length !== 4) return undefined;
  const numbers: number[] = [];
  for (const item of array.items) {
    const number = await reader.resolve(item.value);
    if (number.kind !== 'number' || !Number.isFinite(number.value)) return undefined;
    numbers.push(number.value);
  }
  const [ax = 0, ay = 0, bx = 0, by = 0] = numbers;
  return { x1: Math.min(ax, bx), y1: Math.min(ay, by), x2: Math.max(ax, bx), y2: Math.max(ay, by) };
}

function quarterTurns(degrees: number): PdfPage['rotate'] {
  const turned = ((degrees % 360) + 360) % 360;
  return turned === 90 || turned === 180 || turned === 270 ? turned : 0;
}
