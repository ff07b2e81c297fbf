import { type PDFDocument, type PDFPage, rgb } from 'pdf-lib';
import { shownLine } from '../base/isolate.ts';
import type { Colour, Lettering, Weight } from './lettering.ts';
import { type Role, Structure, type StructureElement } from './structure.ts';

/** A4 in points (ISO 216), with margins that leave a line of some 90 characters. */
const PAGE = Object.freeze({ width: 595.28, height: 841.89, left: 62, right: 62, top: 66, bottom: 64 });
const INK: Colour = [0.13, 0.15, 0.19];
const SOFT: Colour = [0.36, 0.39, 0.44];
const RULE = rgb(0.82, 0.84, 0.87);
const WARNING: Colour = [0.71, 0.11, 0.11];
const WATERMARK: Colour = [0.95, 0.9, 0.9];

/** Ink and ground of a verdict. The words say the same. */
const TONES = Object.freeze<
  Record<'good' | 'warn' | 'bad', { readonly ink: Colour; readonly ground: Colour }>
>({
  good: { ink: [0.08, 0.34, 0.18], ground: [0.89, 0.95, 0.91] },
  warn: { ink: [0.42, 0.25, 0], ground: [0.99, 0.94, 0.85] },
  bad: { ink: [0.56, 0.11, 0.09], ground: [0.98, 0.91, 0.91] },
});
export type Tone = keyof typeof TONES;

interface TextStyle {
  readonly weight: Weight;
  readonly size: number;
  readonly color?: Colour;
  readonly indent?: number;
}

/** What can be written; from top to bottom. */
export type Sheet = Pick<
  PageLayout,
  'title' | 'heading' | 'paragraph' | 'note' | 'warning' | 'verdict' | 'numbered' | 'row' | 'footers'
>;

/** Writes text from top to bottom, tagged for screen readers, and turns the page when one is full. */
export class PageLayout {
  readonly #document: PDFDocument;
  readonly #lettering: Lettering;
  readonly #mark: string | undefined;
  readonly #structure: Structure;
  readonly #pages: PDFPage[] = [];
  #page: PDFPage;
  #y = 0;
  /** Rows and numbered lines that follow one another are one table, one list. */
  #group: StructureElement | undefined;

  /** @param mark across every page behind the text, and above it where it can be read out */
  constructor(document: PDFDocument, lettering: Lettering, mark: string | undefined) {
    this.#document = document;
    this.#lettering = lettering;
    this.#mark = mark === undefined ? undefined : shownLine(mark);
    this.#structure = new Structure(document);
    this.#page = this.#turnPage();
  }

  title(text: string, subtitle: string): void {
    this.#text(text, { weight: 'bold', size: 19 }, 24, this.#block('H1'));
    const quiet: TextStyle = { weight: 'regular', size: 11.5, color: SOFT };
    this.#text(subtitle, quiet, 16, this.#block('P'));
    this.#y -= 12;
  }

  heading(text: string): void {
    this.#need(60);
    this.#y -= 12;
    this.#text(text, { weight: 'bold', size: 11.5 }, 15, this.#block('H2'));
    const y = this.#y + 8;
    this.#structure.artifact(this.#page, () =>
      this.#page.drawLine({
        start: { x: PAGE.left, y },
        end: { x: PAGE.width - PAGE.right, y },
        thickness: 0.6,
        color: RULE,
      }),
    );
    this.#y -= 8;
  }

  paragraph(text: string): void {
    this.#text(text, { weight: 'regular', size: 9.5 }, 13.5, this.#block('P'));
    this.#y -= 4;
  }

  /** Smaller and paler: how to check what stands above. */
  note(text: string): void {
    const style: TextStyle = { weight: 'regular', size: 8, color: SOFT };
    this.#need(this.#wrap(text, style).length * 11); // on one page
    this.#text(text, style, 11, this.#block('P'));
    this.#y -= 4;
  }

  warning(text: string): void {
    this.#text(text, { weight: 'bold', size: 9.5, color: WARNING }, 13.5, this.#block('P'));
    this.#y -= 6;
  }

  /** The outcome of the whole, in words on a coloured ground. */
  verdict(tone: Tone, text: string): void {
    const { ink, ground } = TONES[tone];
    const style: TextStyle = { weight: 'bold', size: 11.5, color: ink, indent: 12 };
    const height = this.#wrap(text, style).length * 16 + 12;
    this.#need(height + 16);
    this.#y -= 6;
    const bottom = this.#y - height + 16;
    this.#structure.artifact(this.#page, () => {
      const width = PAGE.width - PAGE.left - PAGE.right;
      this.#page.drawRectangle({ x: PAGE.left, y: bottom, width, height, color: rgb(...ground) });
      this.#page.drawRectangle({ x: PAGE.left, y: bottom, width: 3, height, color: rgb(...ink) });
    });
    this.#y -= 2;
    this.#text(text, style, 16, this.#block('P'));
    this.#y -= 14;
  }

  numbered(position: number, text: string): void {
    const style: TextStyle = { weight: 'regular', size: 9.5, indent: 20 };
    const lines = this.#wrap(text, style);
    this.#need(lines.length * 13.5);
    const item = this.#structure.add('LI', this.#grouped('L'));
    const body = this.#structure.add('LBody', item);
    this.#label(`${position}.`, body);
    this.#lines(lines, style, 13.5, body);
    this.#y -= 4;
  }

  /** A label and its value side by side. */
  row(label: string, value: string, size = 10): void {
    const style: TextStyle = { weight: 'regular', size, indent: 165 };
    const lines = this.#wrap(value, style);
    const labels = this.#wrap(label, {
      ...style,
      size: 9.5,
      indent: PAGE.width - PAGE.left - PAGE.right - 158,
    });
    this.#need(Math.max(lines.length, labels.length) * 14);
    const row = this.#structure.add('TR', this.#grouped('Table'));
    const [page, top] = [this.#page, this.#y];
    const header = this.#structure.add('TH', row);
    const name: TextStyle = { weight: 'regular', size: 9.5, color: SOFT };
    this.#lines(labels, name, 14, header);
    const afterLabel = this.#y;
    if (this.#page === page) this.#y = top;
    this.#lines(lines, style, 14, this.#structure.add('TD', row));
    if (this.#page === page) this.#y = Math.min(this.#y, afterLabel);
    this.#y -= 1.5;
  }

  /** Puts a footer on every page and closes the structure; call it last. */
  footers(text: (page: number, pages: number) => string, identifier: string): void {
    const left = shownLine(identifier);
    for (const [index, page] of this.#pages.entries()) {
      const right = shownLine(text(index + 1, this.#pages.length));
      const style = { y: 36, size: 8, weight: 'regular', color: SOFT } as const;
      const x = PAGE.width - PAGE.right - this.#lettering.widthOf(right, 'regular', 8);
      this.#structure.artifact(page, () => {
        this.#lettering.draw(page, left, { x: PAGE.left, ...style });
        this.#lettering.draw(page, right, { x, ...style });
      });
    }
    this.#lettering.finish(this.#document, this.#pages);
    this.#structure.finish();
  }

  #block(role: Role): StructureElement {
    this.#group = undefined;
    return this.#structure.add(role);
  }

  #grouped(role: 'L' | 'Table'): StructureElement {
    if (this.#group?.role !== role) this.#group = this.#structure.add(role);
    return this.#group;
  }

  #label(text: string, element: StructureElement): void {
    const style = { x: PAGE.left, y: this.#y, size: 9.5, weight: 'regular', color: SOFT } as const;
    this.#structure.mark(this.#page, element, () => this.#lettering.draw(this.#page, text, style));
  }

  #text(text: string, style: TextStyle, lineHeight: number, element: StructureElement): void {
    this.#lines(this.#wrap(text, style), style, lineHeight, element);
  }

  #lines(
    lines: readonly string[],
    { weight, size, color = INK, indent = 0 }: TextStyle,
    lineHeight: number,
    element: StructureElement,
  ): void {
    for (const line of lines) {
      this.#need(lineHeight);
      this.#structure.mark(this.#page, element, () =>
        this.#lettering.draw(this.#page, line, { x: PAGE.left + indent, y: this.#y, size, weight, color }),
      );
      this.#y -= lineHeight;
    }
  }

  #wrap(text: string, { weight, size, indent = 0 }: TextStyle): readonly string[] {
    return this.#lettering.wrap(shownLine(text), weight, size, PAGE.width - PAGE.left - PAGE.right - indent);
  }

  #need(height: number): void {
    if (this.#y - height < PAGE.bottom) this.#page = this.#turnPage();
  }

  #turnPage(): PDFPage {
    const page = this.#document.addPage([PAGE.width, PAGE.height]);
    this.#pages.push(page);
    this.#y = PAGE.height - PAGE.top;
    if (this.#mark !== undefined) this.#drawMark(page, this.#mark);
    return page;
  }

  /** Centred on the page, along the rising diagonal; and once more at the top, where it is read out. */
  #drawMark(page: PDFPage, mark: string): void {
    const size = 34;
    const offset = (this.#lettering.widthOf(mark, 'bold', size) / 2) * Math.SQRT1_2;
    const across = { x: PAGE.width / 2 - offset, y: PAGE.height / 2 - offset, size } as const;
    this.#structure.artifact(page, () =>
      this.#lettering.draw(page, mark, { ...across, weight: 'bold', color: WATERMARK }, 45),
    );
    const above = { x: PAGE.left, y: PAGE.height - 40, size: 8, weight: 'bold', color: WARNING } as const;
    this.#structure.mark(page, this.#structure.add('Note'), () => this.#lettering.draw(page, mark, above));
  }
}
