/**
 * Runs the content of a page as far as it says where something is painted (ISO 32000-2 §8 and §9). Colours count only as
 * far as white and patterns go; what is painted over stays.
 */
import { OssError } from '../../contract/errors.ts';
import type { PdfDocument } from '../read/document.ts';
import type { Rectangle } from '../read/page-tree.ts';
import {
  dictionaryOf,
  NULL,
  nameOf,
  type PdfDictionary,
  type PdfReference,
  type PdfStream,
  type PdfValue,
} from '../syntax/values.ts';
import { contentData } from './content-data.ts';
import type { FontExtent } from './font-extent.ts';
import {
  boundsOf,
  common,
  IDENTITY,
  type Matrix,
  quadOf,
  rectangleQuad,
  scaleOf,
  times,
} from './geometry.ts';
import { type Operation, operationsOf } from './operations.ts';
import { numberOf, numbersAt, PageResources } from './page-resources.ts';
import type { Painting } from './painting.ts';
import { Path } from './path.ts';
import { INITIAL_TEXT, TextLines, type TextState } from './text-lines.ts';

const MAX_OPERATIONS = 1_000_000;
const MAX_SAVED = 1000;
const MAX_DEPTH = 16;
const UNIT: Rectangle = Object.freeze({ x1: 0, y1: 0, x2: 1, y2: 1 });
/** Neither shown nor more than a clip (table 104). */
const UNSEEN_MODES: ReadonlySet<number> = new Set([3, 7]);

type Fill = 'white' | 'colour' | 'pattern';

interface State {
  readonly ctm: Matrix;
  readonly clip: Rectangle;
  readonly fill: Fill;
  readonly lineWidth: number;
  readonly text: TextState;
}

/** What the forms of a page share. */
interface Run {
  readonly document: PdfDocument;
  readonly painting: Painting;
  operations: number;
}

/** @throws OSS_PDF_MALFORMED, OSS_PDF_LIMIT and what reading a document throws. */
export async function paint(
  document: PdfDocument,
  content: Uint8Array,
  resources: PdfDictionary,
  clip: Rectangle,
  painting: Painting,
): Promise<void> {
  const run: Run = { document, painting, operations: 0 };
  const state = { ctm: IDENTITY, clip, fill: 'colour', lineWidth: 1, text: INITIAL_TEXT } as const;
  await new Painter(run, new PageResources(document, resources), state, 0).run(content);
}

class Painter {
  readonly #run: Run;
  readonly #resources: PageResources;
  readonly #depth: number;
  readonly #saved: State[] = [];
  readonly #path = new Path();
  readonly #lines = new TextLines();
  #state: State;
  #isClipping = false;

  constructor(run: Run, resources: PageResources, state: State, depth: number) {
    this.#run = run;
    this.#resources = resources;
    this.#state = state;
    this.#depth = depth;
  }

  async run(content: Uint8Array): Promise<void> {
    for (const operation of operationsOf(content)) {
      this.#run.operations += 1;
      if (this.#run.operations > MAX_OPERATIONS || this.#path.isTooLong)
        throw new OssError('OSS_PDF_LIMIT', { reason: 'content of a page' });
      if (this.#run.painting.isUnknown) return;
      if (!this.#place(operation) && !this.#colour(operation) && !this.#draw(operation))
        await this.#write(operation);
    }
  }

  #set(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
  }

  #setText(change: Partial<TextState>): void {
    this.#set({ text: { ...this.#state.text, ...change } });
  }

  /** Graphics state and path construction. */
  #place({ operator, operands }: Operation): boolean {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = operands.map(numberOf);
    const { ctm } = this.#state;
    switch (operator) {
      case 'q':
        if (this.#saved.length < MAX_SAVED) this.#saved.push(this.#state);
        return true;
      case 'Q':
        this.#state = this.#saved.pop() ?? this.#state;
        return true;
      case 'cm':
        this.#set({ ctm: times([a, b, c, d, e, f], ctm) });
        return true;
      case 'w':
        this.#set({ lineWidth: Math.abs(a) });
        return true;
      case 'm':
        this.#path.move(ctm, a, b);
        return true;
      case 'l':
        this.#path.line(ctm, a, b);
        return true;
      case 'c':
      case 'v':
      case 'y':
        for (let index = 0; index + 1 < operands.length; index += 2)
          this.#path.line(ctm, numberOf(operands[index]), numberOf(operands[index + 1]));
        return true;
      case 'h':
        this.#path.close();
        return true;
      case 're':
        this.#path.rectangle(ctm, a, b, c, d);
        return true;
      default:
        return false;
    }
  }

  #colour({ operator, operands }: Operation): boolean {
    const values = operands.map(numberOf);
    switch (operator) {
      case 'g':
      case 'rg':
        this.#set({ fill: values.every((value) => value >= 1) ? 'white' : 'colour' });
        return true;
      case 'k':
        this.#set({ fill: values.every((value) => value <= 0) ? 'white' : 'colour' });
        return true;
      case 'cs':
        this.#set({ fill: nameOf(operands[0] ?? NULL) === 'Pattern' ? 'pattern' : 'colour' });
        return true;
      case 'sc':
      case 'scn':
        this.#set({ fill: operands.at(-1)?.kind === 'name' ? 'pattern' : 'colour' });
        return true;
      default:
        return false;
    }
  }

  /** Path painting and clipping. */
  #draw({ operator }: Operation): boolean {
    switch (operator) {
      case 'W':
      case 'W*':
        this.#isClipping = true;
        return true;
      case 'n':
        this.#endPath(false, false);
        return true;
      case 'S':
        this.#endPath(false, true);
        return true;
      case 's':
        this.#path.close();
        this.#endPath(false, true);
        return true;
      case 'f':
      case 'F':
      case 'f*':
        this.#endPath(true, false);
        return true;
      case 'b':
      case 'b*':
        this.#path.close();
        this.#endPath(true, true);
        return true;
      case 'B':
      case 'B*':
        this.#endPath(true, true);
        return true;
      default:
        return false;
    }
  }

  #endPath(isFilled: boolean, isStroked: boolean): void {
    const { clip, fill, ctm, lineWidth } = this.#state;
    if (isFilled) {
      for (const { quad, isRectangle } of this.#path.filled()) {
        const isSolid = isRectangle && fill !== 'pattern';
        this.#run.painting.add(isSolid ? 'solid' : 'area', quad, clip, fill === 'white');
      }
    }
    // The thinnest line is still drawn (§8.4.3.2).
    const halfWidth = Math.max(lineWidth * scaleOf(ctm), 0.25) / 2;
    if (isStroked)
      for (const quad of this.#path.stroked(halfWidth)) this.#run.painting.add('area', quad, clip);
    if (this.#isClipping) this.#set({ clip: common(clip, this.#path.bounds()) });
    this.#isClipping = false;
    this.#path.clear();
  }

  /** Text, pictures and forms. */
  async #write({ operator, operands }: Operation): Promise<void> {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = operands.map(numberOf);
    const { ctm, clip, text } = this.#state;
    switch (operator) {
      case 'BT':
        return this.#lines.begin();
      case 'Tf':
        return this.#setText({ font: await this.#font(operands[0]), size: b });
      case 'Tc':
        return this.#setText({ characterSpace: a });
      case 'Tw':
        return this.#setText({ wordSpace: a });
      case 'Tz':
        return this.#setText({ stretch: a / 100 });
      case 'TL':
        return this.#setText({ leading: a });
      case 'Ts':
        return this.#setText({ rise: a });
      case 'Tr':
        return this.#setText({ mode: a });
      case 'Td':
        return this.#lines.next(a, b);
      case 'TD':
        this.#setText({ leading: -b });
        return this.#lines.next(a, b);
      case 'Tm':
        return this.#lines.set([a, b, c, d, e, f]);
      case 'T*':
        return this.#lines.next(0, -text.leading);
      case 'Tj':
      case 'TJ':
        return this.#show(operands[0]);
      case "'":
        this.#lines.next(0, -text.leading);
        return this.#show(operands[0]);
      case '"':
        this.#setText({ wordSpace: a, characterSpace: b });
        this.#lines.next(0, -text.leading);
        return this.#show(operands[2]);
      case 'BI':
        return this.#run.painting.add('picture', quadOf(ctm, UNIT), clip);
      case 'sh':
        return this.#run.painting.add('area', rectangleQuad(clip), clip);
      case 'Do':
        return this.#object(nameOf(operands[0] ?? NULL));
      case 'gs':
        return this.#graphicsState(nameOf(operands[0] ?? NULL));
    }
  }

  #show(value: PdfValue | undefined): void {
    const { text, ctm, clip } = this.#state;
    const items = value?.kind === 'array' ? value.items.map((item) => item.value) : [value ?? NULL];
    for (const item of items) {
      if (item.kind === 'number') this.#lines.adjust(text, numberOf(item));
      if (item.kind !== 'string') continue;
      for (const quad of this.#lines.show(text, item.bytes, ctm))
        if (!UNSEEN_MODES.has(text.mode)) this.#run.painting.add('text', quad, clip);
    }
  }

  async #font(name: PdfValue | undefined): Promise<FontExtent> {
    const extent = await this.#resources.font(nameOf(name ?? NULL));
    if (!extent) this.#run.painting.isUnknown = true;
    return extent ?? INITIAL_TEXT.font;
  }

  async #graphicsState(name: string | undefined): Promise<void> {
    const { lineWidth, font, size } = await this.#resources.graphicsState(name);
    if (lineWidth !== undefined) this.#set({ lineWidth });
    if (font && size !== undefined) this.#setText({ font, size });
  }

  async #object(name: string | undefined): Promise<void> {
    const found = await this.#resources.object(name);
    if (found?.isForm) return this.#form(found.reference, found.stream);
    if (found) this.#run.painting.add('picture', quadOf(this.#state.ctm, UNIT), this.#state.clip);
  }

  async #form(reference: PdfReference, form: PdfStream): Promise<void> {
    if (this.#depth >= MAX_DEPTH) throw new OssError('OSS_PDF_LIMIT', { reason: 'forms nested too deeply' });
    const { document } = this.#run;
    const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = await numbersAt(document, form.dictionary, 'Matrix');
    const ctm = times([a, b, c, d, e, f], this.#state.ctm);
    const box = await numbersAt(document, form.dictionary, 'BBox');
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = box;
    const bounds = boundsOf(quadOf(ctm, { x1, y1, x2, y2 }));
    const clip = box.length === 4 ? common(this.#state.clip, bounds) : this.#state.clip;
    const own = dictionaryOf(await document.lookup(form.dictionary, 'Resources'));
    const data = await contentData(document, reference, form);
    // A form begins with the colours and the text state of the place where it is drawn (§8.10.1).
    const state = { ...this.#state, ctm, clip };
    await new Painter(this.#run, this.#resources.of(own), state, this.#depth + 1).run(data);
  }
}
