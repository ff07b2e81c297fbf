/** The typefaces of one document: how wide its text is, and the operators that show it. */
import { type PDFDocument, PDFName, PDFOperator, type PDFOperatorNames, type PDFPage } from 'pdf-lib';
import { contentNumber } from '../typography/font-subset.ts';
import { type PenPosition, UsedFonts } from '../typography/set-text.ts';
import { isRightToLeft, shapeLine } from '../typography/text-line.ts';
import { type Coverage, spellMissing } from '../typography/typefaces.ts';
import { wrapText } from '../typography/wrap.ts';
import type { CommonTexts } from './common-texts.ts';
import { embedFont } from './embed-font.ts';

/** Shares of red, green and blue. */
export type Colour = readonly [red: number, green: number, blue: number];

export type Weight = 'regular' | 'bold';

export class Lettering {
  readonly #fonts: UsedFonts;
  readonly #faces: Readonly<Record<Weight, Coverage>>;
  readonly #common: Readonly<Record<Weight, CommonTexts>> | undefined;
  readonly #widths: Readonly<Record<Weight, Map<string, number>>> = { regular: new Map(), bold: new Map() };

  /** @param common known beforehand; each of `faces` begins with its typeface */
  constructor(faces: Readonly<Record<Weight, Coverage>>, common?: Readonly<Record<Weight, CommonTexts>>) {
    this.#faces = faces;
    this.#common = common;
    this.#fonts = new UsedFonts(common && new Map([...common.regular.prepared, ...common.bold.prepared]));
  }

  /** In points. */
  widthOf(text: string, weight: Weight, size: number): number {
    const words = text.split(' ');
    const ofWords = words.reduce((sum, word) => sum + this.#widthOfWord(word, weight), 0);
    return (ofWords + (words.length - 1) * this.#widthOfWord(' ', weight)) * size;
  }

  /** The lines of a text that is to be as wide as that at most, in points. */
  wrap(text: string, weight: Weight, size: number, width: number): readonly string[] {
    const wrap = () => wrapText(text, (line) => this.widthOf(line, weight, size) <= width);
    return this.#common?.[weight].wrapped(text, width / size, wrap) ?? wrap();
  }

  #widthOfWord(word: string, weight: Weight): number {
    const known = this.#widths[weight].get(word);
    if (known !== undefined) return known;
    const { width } = this.#shape(word, weight);
    this.#widths[weight].set(word, width);
    return width;
  }

  /** Shows one line of text. @param turned degrees against the clock */
  draw(
    page: PDFPage,
    text: string,
    style: PenPosition & { readonly weight: Weight; readonly color: Colour },
    turned = 0,
  ): void {
    const content = this.#operators(text, style, turned);
    // Operators as they are: the library writes the name of an operator byte by byte, and this one is ASCII.
    page.pushOperators(PDFOperator.of(content as PDFOperatorNames));
  }

  #operators(
    text: string,
    style: PenPosition & { readonly weight: Weight; readonly color: Colour },
    turned: number,
  ): string {
    const { x, y, size, weight } = style;
    const colour = style.color.map(contentNumber).join(' ');
    const line = this.#shape(text, weight);
    const show = () => `q\n${colour} rg\nBT\n${this.#fonts.show(line, style, turned)}ET\nQ`;
    const [typeface] = line.runs.map((run) => run.typeface);
    const common = this.#common?.[weight];
    if (common === undefined || typeface === undefined) return show();
    const place = [this.#fonts.nameOf(typeface), x, y, size, turned, colour].join(' ');
    return common.shown(text, place, show, () => this.#fonts.areAsPrepared);
  }

  #shape(text: string, weight: Weight) {
    const known = this.#common?.[weight].line(text);
    if (known !== undefined) return known;
    const { typefaces, missing } = this.#faces[weight];
    return shapeLine(spellMissing(text, missing), typefaces, isRightToLeft(text));
  }

  /** Embeds the fonts and names them on the pages; call it last. */
  finish(document: PDFDocument, pages: readonly PDFPage[]): void {
    for (const [name, font] of this.#fonts.encoded()) {
      const reference = embedFont(document, font);
      for (const page of pages) page.node.setFontDictionary(PDFName.of(name), reference);
    }
  }
}
