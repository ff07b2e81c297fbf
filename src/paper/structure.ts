import {
  PDFArray,
  type PDFDict,
  type PDFDocument,
  PDFName,
  PDFOperator,
  PDFOperatorNames,
  type PDFPage,
  type PDFRef,
} from 'pdf-lib';

/** Roles of ISO 32000-2 §14.8.4 that our pages use. */
export type Role =
  | 'Document'
  | 'H1'
  | 'H2'
  | 'P'
  | 'L'
  | 'LI'
  | 'LBody'
  | 'Table'
  | 'TR'
  | 'TH'
  | 'TD'
  | 'Note';

export interface StructureElement {
  readonly dictionary: PDFDict;
  readonly ref: PDFRef;
  readonly role: Role;
}

/**
 * The logical structure of a document (ISO 32000-2 §14.7): what a screen reader reads, in the order in which it was
 * written. Whatever is drawn is either marked with an element or an artifact.
 */
export class Structure {
  readonly #document: PDFDocument;
  readonly #root: PDFRef;
  readonly #rootDictionary: PDFDict;
  /** Per page: the element of each piece of marked content, by its number. */
  readonly #pieces = new Map<PDFPage, PDFRef[]>();
  readonly top: StructureElement;

  constructor(document: PDFDocument) {
    this.#document = document;
    const { context } = document;
    this.#rootDictionary = context.obj({ Type: 'StructTreeRoot' });
    this.#root = context.register(this.#rootDictionary);
    this.top = this.#element('Document', this.#root);
    this.#rootDictionary.set(PDFName.of('K'), context.obj([this.top.ref]));
  }

  /** A new element at the end of `parent`. */
  add(role: Role, parent: StructureElement = this.top): StructureElement {
    const element = this.#element(role, parent.ref);
    this.#kidsOf(parent.dictionary).push(element.ref);
    return element;
  }

  /** What `draw` puts on the page belongs to the element. */
  mark(page: PDFPage, { dictionary, ref, role }: StructureElement, draw: () => void): void {
    const pieces = this.#pieces.get(page) ?? [];
    this.#pieces.set(page, pieces);
    const number = pieces.push(ref) - 1;
    this.#kidsOf(dictionary).push(this.#document.context.obj({ Type: 'MCR', Pg: page.ref, MCID: number }));
    const properties = `<</MCID ${number}>>`;
    page.pushOperators(
      PDFOperator.of(PDFOperatorNames.BeginMarkedContentSequence, [PDFName.of(role), properties]),
    );
    draw();
    page.pushOperators(PDFOperator.of(PDFOperatorNames.EndMarkedContent));
  }

  /** Lines, backgrounds, footers: nothing to be read out. */
  artifact(page: PDFPage, draw: () => void): void {
    page.pushOperators(PDFOperator.of(PDFOperatorNames.BeginMarkedContent, [PDFName.of('Artifact')]));
    draw();
    page.pushOperators(PDFOperator.of(PDFOperatorNames.EndMarkedContent));
  }

  /** Writes the tree into the document; call it last. */
  finish(): void {
    const { context, catalog } = this.#document;
    const numbers = context.obj([]);
    for (const [index, [page, elements]] of [...this.#pieces].entries()) {
      page.node.set(PDFName.of('StructParents'), context.obj(index));
      page.node.set(PDFName.of('Tabs'), PDFName.of('S'));
      numbers.push(context.obj(index));
      numbers.push(context.register(context.obj(elements)));
    }
    this.#rootDictionary.set(PDFName.of('ParentTree'), context.register(context.obj({ Nums: numbers })));
    this.#rootDictionary.set(PDFName.of('ParentTreeNextKey'), context.obj(this.#pieces.size));
    catalog.set(PDFName.of('StructTreeRoot'), this.#root);
    catalog.set(PDFName.of('MarkInfo'), context.obj({ Marked: true }));
  }

  #element(role: Role, parent: PDFRef): StructureElement {
    const dictionary = this.#document.context.obj({ Type: 'StructElem', S: role, P: parent, K: [] });
    // A row header names its row (ISO 32000-2 table 384).
    if (role === 'TH')
      dictionary.set(PDFName.of('A'), this.#document.context.obj({ O: 'Table', Scope: 'Row' }));
    return { dictionary, ref: this.#document.context.register(dictionary), role };
  }

  #kidsOf(dictionary: PDFDict) {
    return dictionary.lookup(PDFName.of('K'), PDFArray);
  }
}
