/**
 * What an object is used for. A changed object may serve in several places at once (as the look of a signature and as
 * the content of a page); it is judged in each of them, so every way that leads to it is walked.
 */
import { OssError } from '../../contract/errors.ts';
import type { PdfDocument } from '../read/document.ts';
import {
  dictionaryOf,
  entryOf,
  NULL,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
} from '../syntax/values.ts';
import { objectVersion, readable } from './object-version.ts';
import type { Structure } from './structure.ts';

export type Role =
  | { readonly kind: 'catalog' | 'pageTree' | 'form' | 'fieldList' | 'formResources' }
  | { readonly kind: 'validationData' | 'information' | 'metadata' | 'extensions' }
  | { readonly kind: 'setting' | 'formSetting'; readonly key: string }
  | { readonly kind: 'page' | 'pageContent' | 'annotationList'; readonly page: number | undefined }
  /** `annotation`: its object number; undefined where it stands in the list itself. */
  | {
      readonly kind: 'annotation' | 'annotationDetail';
      readonly page: number;
      readonly annotation: number | undefined;
    }
  | {
      readonly kind: 'field' | 'fieldValue' | 'fieldAppearance' | 'fieldResource' | 'fieldDetail';
      readonly field: string;
    };

/** Entries that lead back to a part of the document without being a use of it. */
const BACK_REFERENCES: ReadonlySet<string> = new Set([
  ...['P', 'Parent', 'Pg', 'Obj', 'Dest', 'D', 'Page', 'Popup', 'IRT', 'Data', 'Kids', 'Annots', 'B'],
]);
/** Dictionaries whose keys are names that the author chose (§7.8.3, §9.6.4, §12.5.5): /D is a drawing like any other. */
const NAMED_BY_AUTHOR: ReadonlySet<string> = new Set([
  ...[
    'Font',
    'XObject',
    'ExtGState',
    'ColorSpace',
    'Pattern',
    'Shading',
    'Properties',
    'CharProcs',
    'Colorants',
  ],
]);
const DOCUMENT_ROLES: Readonly<Record<string, 'validationData' | 'metadata' | 'extensions'>> = {
  DSS: 'validationData',
  Metadata: 'metadata',
  Extensions: 'extensions',
};
/** Private data of the programs that made a page (ISO 32000-2 §14.5): nothing there is ever drawn. */
const PRIVATE_DATA = 'PieceInfo';
const MAX_STEPS = 5_000_000;

/** A value on the way, with the key that led to it. */
interface Step {
  readonly value: PdfValue;
  readonly key: string;
  readonly isPrivate: boolean;
  /** The key is a name that the author chose. */
  readonly isNamed: boolean;
}

/** The roles of the objects `wanted`; one without any is used by nothing. @throws OSS_PDF_LIMIT. */
export async function rolesOf(
  document: PdfDocument,
  structure: Structure,
  wanted: ReadonlySet<number>,
): Promise<ReadonlyMap<number, readonly Role[]>> {
  const walk = new RoleWalk(document, structure, wanted);
  await walk.run();
  return walk.roles;
}

class RoleWalk {
  readonly roles = new Map<number, Role[]>();
  readonly #document: PdfDocument;
  readonly #structure: Structure;
  readonly #wanted: ReadonlySet<number>;
  readonly #noted = new Set<string>();
  readonly #seen = new Map<string, Set<number>>();
  #steps = 0;

  constructor(document: PdfDocument, structure: Structure, wanted: ReadonlySet<number>) {
    this.#document = document;
    this.#structure = structure;
    this.#wanted = wanted;
  }

  async run(): Promise<void> {
    const { trailer, catalog } = this.#document;
    this.#note(catalog.reference.number, { kind: 'catalog' });
    await this.#deep(entryOf(trailer, 'Info'), { kind: 'information' }, 'Info');
    for (const node of this.#structure.treeNodes) await this.#pageTreeNode(node);
    for (const [object, page] of this.#structure.pageNumbers) await this.#page(object, page);
    for (const key of catalog.dictionary.entries.keys()) {
      const value = entryOf(catalog.dictionary, key);
      const kind = DOCUMENT_ROLES[key];
      if (key === 'AcroForm') await this.#form(value);
      else if (kind) await this.#deep(value, { kind }, key);
      else if (key !== 'Pages') await this.#deep(value, { kind: 'setting', key }, key);
    }
    for (const [object, { field }] of this.#structure.fields) await this.#field(object, field);
  }

  async #pageTreeNode(object: number): Promise<void> {
    this.#note(object, { kind: 'pageTree' });
    const node = await this.#dictionary(object);
    for (const [key, { value }] of node?.entries ?? []) {
      if (key === 'Kids') this.#noteReference(value, { kind: 'pageTree' });
      else if (key !== 'Parent') await this.#deep(value, { kind: 'pageContent', page: undefined }, key);
    }
  }

  async #page(object: number, page: number): Promise<void> {
    this.#note(object, { kind: 'page', page });
    const dictionary = await this.#dictionary(object);
    for (const [key, { value }] of dictionary?.entries ?? []) {
      if (key === 'Annots') await this.#annotations(value, page);
      else if (key !== 'Parent') await this.#deep(value, { kind: 'pageContent', page }, key);
    }
  }

  async #annotations(list: PdfValue, page: number): Promise<void> {
    this.#noteReference(list, { kind: 'annotationList', page });
    const array = await this.#read(list);
    for (const { value } of array.kind === 'array' ? array.items : []) {
      const annotation = value.kind === 'reference' ? value.number : undefined;
      if (annotation !== undefined && this.#structure.fields.has(annotation)) continue;
      this.#noteReference(value, { kind: 'annotation', page, annotation });
      const dictionary = dictionaryOf(await this.#read(value));
      for (const [key, item] of dictionary?.entries ?? []) {
        await this.#deep(item.value, { kind: 'annotationDetail', page, annotation }, key);
      }
    }
  }

  async #form(value: PdfValue): Promise<void> {
    this.#noteReference(value, { kind: 'form' });
    const form = dictionaryOf(await this.#read(value));
    for (const [key, item] of form?.entries ?? []) {
      if (key === 'Fields') this.#noteReference(item.value, { kind: 'fieldList' });
      else if (key === 'DR') await this.#deep(item.value, { kind: 'formResources' }, key);
      else await this.#deep(item.value, { kind: 'formSetting', key }, key);
    }
  }

  async #field(object: number, field: string): Promise<void> {
    this.#note(object, { kind: 'field', field });
    const dictionary = await this.#dictionary(object);
    for (const [key, { value }] of dictionary?.entries ?? []) {
      if (key === 'AP') await this.#appearances(value, field, new Set());
      else if (key === 'V') await this.#deep(value, { kind: 'fieldValue', field }, key);
      else if (key === 'Kids') this.#noteReference(value, { kind: 'fieldDetail', field });
      else if (key !== 'Parent') await this.#deep(value, { kind: 'fieldDetail', field }, key);
    }
  }

  /**
   * Appearance streams by state (ISO 32000-2 §12.5.5); what they draw with has a role of its own.
   * @param seen objects on the way: a file may let appearances lead to each other, or back to themselves
   */
  async #appearances(value: PdfValue, field: string, seen: Set<number>): Promise<void> {
    this.#noteReference(value, { kind: 'fieldAppearance', field });
    if (value.kind === 'reference') {
      if (seen.has(value.number)) return;
      seen.add(value.number);
    }
    const states = await this.#read(value);
    if (states.kind === 'stream') {
      for (const [key, item] of states.dictionary.entries) {
        await this.#deep(item.value, { kind: 'fieldResource', field }, key);
      }
      return;
    }
    const inside = states.kind === 'dictionary' ? states.entries.values() : [];
    for (const item of inside) await this.#appearances(item.value, field, seen);
  }

  /** Everything that can be reached from a value, but for the parts of the document that it merely points at. */
  async #deep(root: PdfValue, role: Role, rootKey: string): Promise<void> {
    // Walked apart: what is drawn must be followed although private data led there first.
    const seen = { drawn: this.#seenIn(role), private: this.#seenIn(role, PRIVATE_DATA) };
    const open: Step[] = [{ value: root, key: rootKey, isPrivate: rootKey === PRIVATE_DATA, isNamed: false }];
    for (let next = open.pop(); next; next = open.pop()) {
      const { key, isPrivate } = next;
      const value =
        next.value.kind === 'reference'
          ? await this.#follow(next.value, next, role, isPrivate ? seen.private : seen.drawn)
          : next.value;
      if (value?.kind === 'array') for (const item of value.items) open.push({ ...next, value: item.value });
      const dictionary = value && dictionaryOf(value);
      for (const [name, item] of dictionary?.entries ?? [])
        open.push({
          value: item.value,
          key: name,
          isPrivate: isPrivate || name === PRIVATE_DATA,
          isNamed: NAMED_BY_AUTHOR.has(key),
        });
    }
  }

  /** What a reference leads to, unless that was walked before or is a part of the document of its own. */
  async #follow(
    reference: PdfReference,
    { key, isPrivate, isNamed }: Step,
    role: Role,
    seen: Set<number>,
  ): Promise<PdfValue | undefined> {
    const { number } = reference;
    const isPart = this.#isPart(number);
    // Programs note there to which document or page their data belong.
    if (isPart && (isPrivate || (BACK_REFERENCES.has(key) && !isNamed))) return undefined;
    if (!isPart) this.#note(number, role);
    if (seen.has(number)) return undefined;
    seen.add(number);
    const value = await this.#read(reference);
    if (!isPart) return value;
    // A part that is a stream can be drawn; a dictionary that serves as a resource is used as one, too.
    if (value.kind === 'stream' || isContent(role)) this.#note(number, role);
    return value.kind === 'stream' ? value : undefined;
  }

  #isPart(number: number): boolean {
    const { pageNumbers, treeNodes, annotationPages, fields } = this.#structure;
    return (
      pageNumbers.has(number) ||
      treeNodes.has(number) ||
      annotationPages.has(number) ||
      fields.has(number) ||
      number === this.#document.catalog.reference.number
    );
  }

  /** What pages share is walked for the first of them only. */
  #seenIn(role: Role, part = ''): Set<number> {
    const zone = `${role.kind === 'pageContent' ? role.kind : JSON.stringify(role)}${part}`;
    const known = this.#seen.get(zone);
    if (known) return known;
    const seen = new Set<number>();
    this.#seen.set(zone, seen);
    return seen;
  }

  #noteReference(value: PdfValue, role: Role): void {
    if (value.kind === 'reference') this.#note(value.number, role);
  }

  #note(number: number, role: Role): void {
    if (!this.#wanted.has(number)) return;
    const key = `${number} ${JSON.stringify(role)}`;
    if (this.#noted.has(key)) return;
    this.#noted.add(key);
    const known = this.roles.get(number);
    if (known) known.push(role);
    else this.roles.set(number, [role]);
  }

  async #dictionary(object: number): Promise<PdfDictionary | undefined> {
    this.#count();
    return dictionaryOf((await objectVersion(this.#document, object)).value);
  }

  /** An object that cannot be read leads nowhere; where it was changed, that is said when it is judged. */
  async #read(value: PdfValue): Promise<PdfValue> {
    this.#count();
    return (await readable(this.#document.resolve(value))) ?? NULL;
  }

  #count(): void {
    this.#steps += 1;
    if (this.#steps > MAX_STEPS) throw new OssError('OSS_PDF_LIMIT', { reason: 'objects of the document' });
  }
}

/** What draws: nothing there has a reason to name a page, an annotation or a field. */
const isContent = ({ kind }: Role): boolean =>
  kind === 'pageContent' || kind === 'fieldResource' || kind === 'validationData';
