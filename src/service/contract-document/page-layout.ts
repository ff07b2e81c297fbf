import { degrees, type PDFDocument, type PDFFont, type PDFPage, rgb } from 'pdf-lib';
import type { FontMetrics } from './font-metrics.ts';

/** A4 in points (ISO 216), with margins that leave a line of some 90 characters. */
const PAGE = Object.freeze({ width: 595.28, height: 841.89, left: 62, right: 62, top: 66, bottom: 64 });
const INK = rgb(0.13, 0.15, 0.19);
const SOFT = rgb(0.42, 0.45, 0.5);
const RULE = rgb(0.82, 0.84, 0.87);
const WARNING = rgb(0.71, 0.11, 0.11);
const WATERMARK = rgb(0.95, 0.9, 0.9);

/** A typeface inside one document, and its measures. */
export interface Typeface {
  readonly font: PDFFont;
  readonly metrics: FontMetrics;
}

export interface Typefaces {
  readonly regular: Typeface;
  readonly bold: Typeface;
}

interface TextStyle {
  readonly typeface: Typeface;
  readonly size: number;
  readonly color?: ReturnType<typeof rgb>;
  readonly indent?: number;
}

/** Writes text from top to bottom and turns the page when one is full. */
export class PageLayout {
  readonly #document: PDFDocument;
  readonly #faces: Typefaces;
  readonly #mark: string | undefined;
  readonly #pages: PDFPage[] = [];
  #page: PDFPage;
  #y = 0;

  /** @param mark across every page behind the text, and above it where it can be read out */
  constructor(document: PDFDocument, faces: Typefaces, mark: string | undefined) {
    this.#document = document;
    this.#faces = faces;
    this.#mark = mark;
    this.#page = this.#turnPage();
  }

  title(text: string, subtitle: string): void {
    this.#text(text, { typeface: this.#faces.bold, size: 19 }, 24);
    this.#text(subtitle, { typeface: this.#faces.regular, size: 11.5, color: SOFT }, 16);
    this.#y -= 12;
  }

  heading(text: string): void {
    this.#need(60);
    this.#y -= 12;
    this.#text(text, { typeface: this.#faces.bold, size: 11.5 }, 15);
    this.#page.drawLine({
      start: { x: PAGE.left, y: this.#y + 8 },
      end: { x: PAGE.width - PAGE.right, y: this.#y + 8 },
      thickness: 0.6,
      color: RULE,
    });
    this.#y -= 8;
  }

  paragraph(text: string): void {
    this.#text(text, { typeface: this.#faces.regular, size: 9.5 }, 13.5);
    this.#y -= 4;
  }

  warning(text: string): void {
    this.#text(text, { typeface: this.#faces.bold, size: 9.5, color: WARNING }, 13.5);
    this.#y -= 6;
  }

  numbered(position: number, text: string): void {
    const lines = this.#wrap(text, { typeface: this.#faces.regular, size: 9.5, indent: 20 });
    this.#need(lines.length * 13.5);
    this.#page.drawText(`${position}.`, {
      x: PAGE.left,
      y: this.#y,
      size: 9.5,
      font: this.#faces.regular.font,
      color: SOFT,
    });
    this.#lines(lines, { typeface: this.#faces.regular, size: 9.5, indent: 20 }, 13.5);
    this.#y -= 4;
  }

  /** A label and its value side by side. */
  row(label: string, value: string): void {
    const style = { typeface: this.#faces.regular, size: 10, indent: 165 };
    const lines = this.#wrap(value, style);
    this.#need(lines.length * 14);
    this.#page.drawText(label, {
      x: PAGE.left,
      y: this.#y,
      size: 9.5,
      font: this.#faces.regular.font,
      color: SOFT,
    });
    this.#lines(lines, style, 14);
    this.#y -= 1.5;
  }

  /** Puts a footer on every page; call it last. */
  footers(text: (page: number, pages: number) => string, identifier: string): void {
    const { font, metrics } = this.#faces.regular;
    for (const [index, page] of this.#pages.entries()) {
      const right = text(index + 1, this.#pages.length);
      const style = { y: 36, size: 8, font, color: SOFT };
      page.drawText(identifier, { x: PAGE.left, ...style });
      page.drawText(right, { x: PAGE.width - PAGE.right - metrics.widthOf(right, 8), ...style });
    }
  }

  #text(text: string, style: TextStyle, lineHeight: number): void {
    this.#lines(this.#wrap(text, style), style, lineHeight);
  }

  #lines(lines: readonly string[], style: TextStyle, lineHeight: number): void {
    for (const line of lines) {
      this.#need(lineHeight);
      const { typeface, size, color = INK, indent = 0 } = style;
      const { font } = typeface;
      this.#page.drawText(line, { x: PAGE.left + indent, y: this.#y, size, font, color });
      this.#y -= lineHeight;
    }
  }

  #wrap(text: string, { typeface, size, indent = 0 }: TextStyle): string[] {
    const width = PAGE.width - PAGE.left - PAGE.right - indent;
    const fits = (line: string): boolean => typeface.metrics.widthOf(line, size) <= width;
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
    if (this.#mark !== undefined) drawMark(page, this.#mark, this.#faces.bold);
    return page;
  }
}

function drawMark(page: PDFPage, mark: string, { font, metrics }: Typeface): void {
  const size = 34;
  const width = metrics.widthOf(mark, size);
  // Centred on the page, along the rising diagonal.
  const x = PAGE.width / 2 - (width / 2) * Math.SQRT1_2;
  const y = PAGE.height / 2 - (width / 2) * Math.SQRT1_2;
  page.drawText(mark, { x, y, size, font, color: WATERMARK, rotate: degrees(45) });
  page.drawText(mark, { x: PAGE.left, y: PAGE.height - 40, size: 8, font, color: WARNING });
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
