import { degrees, type PDFDocument, type PDFFont, type PDFPage, rgb } from 'pdf-lib';

/** A4 in points (ISO 216), with margins that leave a line of some 90 characters. */
const PAGE = Object.freeze({ width: 595.28, height: 841.89, left: 62, right: 62, top: 66, bottom: 64 });
const INK = rgb(0.13, 0.15, 0.19);
const SOFT = rgb(0.42, 0.45, 0.5);
const RULE = rgb(0.82, 0.84, 0.87);
const WARNING = rgb(0.71, 0.11, 0.11);
const WATERMARK = rgb(0.95, 0.9, 0.9);

export interface Fonts {
  readonly regular: PDFFont;
  readonly bold: PDFFont;
}

interface TextStyle {
  readonly font: PDFFont;
  readonly size: number;
  readonly color?: ReturnType<typeof rgb>;
  readonly indent?: number;
}

/** Writes text from top to bottom and turns the page when one is full. */
export class PageLayout {
  readonly #document: PDFDocument;
  readonly #fonts: Fonts;
  readonly #watermark: string | undefined;
  readonly #pages: PDFPage[] = [];
  #page: PDFPage;
  #y = 0;

  /** @param watermark across every page, behind the text */
  constructor(document: PDFDocument, fonts: Fonts, watermark: string | undefined) {
    this.#document = document;
    this.#fonts = fonts;
    this.#watermark = watermark;
    this.#page = this.#turnPage();
  }

  title(text: string, subtitle: string): void {
    this.#text(text, { font: this.#fonts.bold, size: 19 }, 24);
    this.#text(subtitle, { font: this.#fonts.regular, size: 11.5, color: SOFT }, 16);
    this.#y -= 12;
  }

  heading(text: string): void {
    this.#need(60);
    this.#y -= 12;
    this.#text(text, { font: this.#fonts.bold, size: 11.5 }, 15);
    this.#page.drawLine({
      start: { x: PAGE.left, y: this.#y + 8 },
      end: { x: PAGE.width - PAGE.right, y: this.#y + 8 },
      thickness: 0.6,
      color: RULE,
    });
    this.#y -= 8;
  }

  paragraph(text: string): void {
    this.#text(text, { font: this.#fonts.regular, size: 9.5 }, 13.5);
    this.#y -= 4;
  }

  warning(text: string): void {
    this.#text(text, { font: this.#fonts.bold, size: 9.5, color: WARNING }, 13.5);
    this.#y -= 6;
  }

  numbered(position: number, text: string): void {
    const lines = this.#wrap(text, { font: this.#fonts.regular, size: 9.5, indent: 20 });
    this.#need(lines.length * 13.5);
    this.#page.drawText(`${position}.`, {
      x: PAGE.left,
      y: this.#y,
      size: 9.5,
      font: this.#fonts.regular,
      color: SOFT,
    });
    this.#lines(lines, { font: this.#fonts.regular, size: 9.5, indent: 20 }, 13.5);
    this.#y -= 4;
  }

  /** A label and its value side by side. */
  row(label: string, value: string): void {
    const style = { font: this.#fonts.regular, size: 10, indent: 165 };
    const lines = this.#wrap(value, style);
    this.#need(lines.length * 14);
    this.#page.drawText(label, {
      x: PAGE.left,
      y: this.#y,
      size: 9.5,
      font: this.#fonts.regular,
      color: SOFT,
    });
    this.#lines(lines, style, 14);
    this.#y -= 1.5;
  }

  /** Puts a footer on every page; call it last. */
  footers(text: (page: number, pages: number) => string, identifier: string): void {
    const font = this.#fonts.regular;
    for (const [index, page] of this.#pages.entries()) {
      const right = text(index + 1, this.#pages.length);
      const style = { y: 36, size: 8, font, color: SOFT };
      page.drawText(identifier, { x: PAGE.left, ...style });
      page.drawText(right, { x: PAGE.width - PAGE.right - font.widthOfTextAtSize(right, 8), ...style });
    }
  }

  #text(text: string, style: TextStyle, lineHeight: number): void {
    this.#lines(this.#wrap(text, style), style, lineHeight);
  }

  #lines(lines: readonly string[], style: TextStyle, lineHeight: number): void {
    for (const line of lines) {
      this.#need(lineHeight);
      const { font, size, color = INK, indent = 0 } = style;
      this.#page.drawText(line, { x: PAGE.left + indent, y: this.#y, size, font, color });
      this.#y -= lineHeight;
    }
  }

  #wrap(text: string, { font, size, indent = 0 }: TextStyle): string[] {
    const width = PAGE.width - PAGE.left - PAGE.right - indent;
    const fits = (line: string): boolean => font.widthOfTextAtSize(line, size) <= width;
    const lines: string[] = [];
    let line = '';
    for (const word of text.split(' ').flatMap((whole) => breakWord(whole, fits))) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (fits(longer)) line = longer;
      else {
        lines.push(line);
        line = word;
      }
    }
    return [...lines, line];
  }

  #need(height: number): void {
    if (this.#y - height < PAGE.bottom) this.#page = this.#turnPage();
  }

  #turnPage(): PDFPage {
    const page = this.#document.addPage([PAGE.width, PAGE.height]);
    this.#pages.push(page);
    this.#y = PAGE.height - PAGE.top;
    if (this.#watermark !== undefined) {
      const size = 34;
      const width = this.#fonts.bold.widthOfTextAtSize(this.#watermark, size);
      // Centred on the page, along the rising diagonal.
      const angle = Math.PI / 4;
      page.drawText(this.#watermark, {
        x: PAGE.width / 2 - (width / 2) * Math.cos(angle),
        y: PAGE.height / 2 - (width / 2) * Math.sin(angle),
        size,
        font: this.#fonts.bold,
        color: WATERMARK,
        rotate: degrees(45),
      });
    }
    return page;
  }
}

/** Pieces of a word that is longer than a line, such as an address or an e-mail. */
function breakWord(word: string, fits: (text: string) => boolean): string[] {
  if (fits(word)) return [word];
  const pieces: string[] = [];
  let piece = '';
  for (const character of word) {
    if (piece !== '' && !fits(piece + character)) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}
