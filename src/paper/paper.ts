import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { PDFContentStream, PDFDocument } from 'pdf-lib';
import { shownLine } from '../base/isolate.ts';
import { shownText } from '../base/untrusted-text.ts';
import { openTypefaces } from '../typography/open-typefaces.ts';
import { type Coverage, Typefaces } from '../typography/typefaces.ts';
import { CollectedTexts } from './collected-texts.ts';
import { CommonTexts } from './common-texts.ts';
import { Lettering } from './lettering.ts';
import { PageLayout, type Sheet } from './page-layout.ts';

const PRODUCT = 'One-Shot Signature Station';

/** Digits, punctuation and the letters of our own words, which stand beside whatever else is written. */
const ALWAYS = '0123456789. []U+ABCDEF';

/** What readers and assistive programs show of a document (ISO 32000-2 §14.3, §14.9.2). */
export interface PaperFacts {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  readonly language: string;
  readonly createdAt: Date;
  /** Across every page: for trials. */
  readonly mark?: string | undefined;
}

/** What stands in most of the documents that one paper is for. */
export interface CommonContents {
  readonly texts: readonly string[];
  /** Characters that the other texts are likely to have. */
  readonly repertoire: string;
}

/** By the zlib of the platform: what the library does in JavaScript costs several times as much. */
function packContents({ context }: PDFDocument): void {
  for (const [, object] of context.enumerateIndirectObjects()) {
    if (object instanceof PDFContentStream) object.updateContents(deflateSync(object.getUnencodedContents()));
  }
}

interface Common {
  readonly regular: CommonTexts;
  readonly bold: CommonTexts;
}

/** Typefaces read once, for any number of documents. */
export class Paper {
  readonly #regular: Typefaces;
  readonly #bold: Typefaces;
  readonly #contents: CommonContents | undefined;
  #common: Promise<Common> | undefined;

  /**
   * @param fonts folder with the typefaces, see `openTypefaces`
   * @param common prepared with the first document, where there will be many
   */
  constructor(fonts: string, common?: CommonContents) {
    this.#contents = common;
    this.#regular = openTypefaces(join(fonts, 'NotoSans-Regular.ttf'));
    this.#bold = new Typefaces([() => readFile(join(fonts, 'NotoSans-Bold.ttf'))], this.#regular);
  }

  /**
   * That the typefaces have a glyph for every character of each of these.
   * @param texts by the name of the field that they stand in
   * @throws OssError OSS_PDF_TEXT_UNSUPPORTED naming field and character
   */
  async assertShows(texts: Readonly<Record<string, string | undefined>>): Promise<void> {
    for (const [field, text = ''] of Object.entries(texts)) await this.#regular.showing(text, field);
  }

  /**
   * A tagged PDF; what `write` puts on the sheet is all there is. It is called twice, first to learn which typefaces
   * are needed, and must end with `footers`. A character that no typeface has is written as its number.
   */
  async write(facts: PaperFacts, write: (sheet: Sheet) => void): Promise<PDFDocument> {
    const collected = new CollectedTexts();
    write(collected);
    const common = await this.#prepared();
    const texts = [facts.mark ?? '', ...collected.all];
    const covering = (typefaces: Typefaces, known: CommonTexts | undefined): Promise<Coverage> =>
      typefaces.covering([ALWAYS, ...texts.filter((text) => !known?.includes(text))].join(' '));
    const faces = {
      regular: await covering(this.#regular, common?.regular),
      bold: await covering(this.#bold, common?.bold),
    };
    const document = await PDFDocument.create();
    document.setTitle(shownText(facts.title), { showInWindowTitleBar: true });
    document.setAuthor(shownText(facts.author));
    document.setCreator(PRODUCT);
    document.setProducer(PRODUCT);
    document.setSubject(shownText(facts.subject));
    document.setLanguage(facts.language);
    document.setCreationDate(facts.createdAt);
    document.setModificationDate(facts.createdAt);
    write(new PageLayout(document, new Lettering(faces, common), facts.mark));
    await document.flush();
    packContents(document);
    return document;
  }

  #prepared(): Promise<Common> | undefined {
    if (this.#contents === undefined) return undefined;
    this.#common ??= this.#prepare(this.#contents);
    return this.#common;
  }

  async #prepare({ texts, repertoire }: CommonContents): Promise<Common> {
    const shown = texts.map(shownLine);
    const [regular] = (await this.#regular.covering(ALWAYS)).typefaces;
    const [bold] = (await this.#bold.covering(ALWAYS)).typefaces;
    if (!regular || !bold) throw new TypeError('without a typeface nothing is written');
    return {
      regular: new CommonTexts(regular, shown, repertoire),
      // Names and numbers are never bold.
      bold: new CommonTexts(bold, shown, ''),
    };
  }
}
