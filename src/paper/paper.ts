import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Font } from 'fontkit';
import { PDFDocument } from 'pdf-lib';
import { shownText } from '../base/untrusted-text.ts';
import { type FontMetrics, fontMetrics } from './font-metrics.ts';
import { PageLayout, type Typeface } from './page-layout.ts';
import { readFont } from './read-font.ts';

const PRODUCT = 'One-Shot Signature Station';

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

interface PaperFont {
  readonly file: Buffer;
  readonly font: Font;
  readonly metrics: FontMetrics;
}

/** Typefaces read once, for any number of documents. */
export class Paper {
  readonly #regular: PaperFont;
  readonly #bold: PaperFont;

  /** @param fonts folder with the typefaces */
  constructor(fonts: string) {
    const read = (name: string): PaperFont => {
      const file = readFileSync(join(fonts, name));
      const font = readFont(file);
      return { file, font, metrics: fontMetrics(font) };
    };
    this.#regular = read('NotoSans-Regular.ttf');
    this.#bold = read('NotoSans-Bold.ttf');
  }

  /** Whether the typefaces have a glyph for every character. */
  canShow(text: string): boolean {
    return this.#regular.metrics.canShow(text);
  }

  /** A tagged PDF; what `write` puts on the pages is all there is. It must end with `footers`. */
  async write(facts: PaperFacts, write: (layout: PageLayout) => void): Promise<PDFDocument> {
    const document = await PDFDocument.create();
    const embed = async ({ file, font, metrics }: PaperFont): Promise<Typeface> => {
      // Not the file again: reading its tables takes longer than everything else on the page.
      document.registerFontkit({ create: () => font });
      return { font: await document.embedFont(file, { subset: true }), metrics };
    };
    document.setTitle(shownText(facts.title), { showInWindowTitleBar: true });
    document.setAuthor(shownText(facts.author));
    document.setCreator(PRODUCT);
    document.setProducer(PRODUCT);
    document.setSubject(shownText(facts.subject));
    document.setLanguage(facts.language);
    document.setCreationDate(facts.createdAt);
    document.setModificationDate(facts.createdAt);
    const faces = { regular: await embed(this.#regular), bold: await embed(this.#bold) };
    write(new PageLayout(document, faces, facts.mark));
    await document.flush();
    return document;
  }
}
