/** Where the text operators write (ISO 32000-2 §9.4), word by word. */
import { type FontExtent, STANDARD_EXTENT } from './font-extent.ts';
import { IDENTITY, type Matrix, type Quad, quadOf, times } from './geometry.ts';

export interface TextState {
  readonly font: FontExtent;
  readonly size: number;
  readonly characterSpace: number;
  readonly wordSpace: number;
  /** A factor, not per cent. */
  readonly stretch: number;
  readonly leading: number;
  readonly rise: number;
  readonly mode: number;
}

export const INITIAL_TEXT: TextState = Object.freeze({
  font: STANDARD_EXTENT,
  size: 0,
  characterSpace: 0,
  wordSpace: 0,
  stretch: 1,
  leading: 0,
  rise: 0,
  mode: 0,
});

const SPACE = 32;
/** A row of at least so many dots, dashes or underscores is a line to write on; glyph numbers do not tell which sign it is. */
const LEADERS = 4;
const LEADER_CODES: ReadonlySet<number> = new Set([0x2e, 0x5f, 0x2d, 0x85]);

export class TextLines {
  #line: Matrix = IDENTITY;
  #place: Matrix = IDENTITY;

  begin(): void {
    this.set(IDENTITY);
  }

  set(matrix: Matrix): void {
    this.#line = matrix;
    this.#place = matrix;
  }

  next(x: number, y: number): void {
    this.set(times([1, 0, 0, 1, x, y], this.#line));
  }

  /** In thousandths of the font size, against the direction of writing. */
  adjust(state: TextState, amount: number): void {
    this.#advance((-amount / 1000) * state.size * state.stretch);
  }

  /** Words in default user space; lines to write on are not among them. */
  *show(state: TextState, bytes: Uint8Array, ctm: Matrix): Generator<Quad> {
    const { bytesPerCode } = state.font;
    let word: { readonly start: Matrix; readonly codes: number[]; width: number } | undefined;
    for (let at = 0; at < bytes.length; at += bytesPerCode) {
      const code = bytesPerCode === 1 ? (bytes[at] ?? 0) : (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
      const isSpace = bytesPerCode === 1 && code === SPACE;
      const glyph = (state.font.width(code) / 1000) * state.size;
      const step = (glyph + state.characterSpace + (isSpace ? state.wordSpace : 0)) * state.stretch;
      if (isSpace) {
        if (word) yield* this.#finished(state, word, ctm);
        word = undefined;
      } else {
        word ??= { start: this.#place, codes: [], width: 0 };
        word.codes.push(code);
        word.width += step;
      }
      this.#advance(step);
    }
    if (word) yield* this.#finished(state, word, ctm);
  }

  *#finished(
    { font, size, rise }: TextState,
    word: { readonly start: Matrix; readonly codes: readonly number[]; readonly width: number },
    ctm: Matrix,
  ): Generator<Quad> {
    const [first = 0] = word.codes;
    const isSign = font.bytesPerCode === 2 || LEADER_CODES.has(first);
    const isLeader = isSign && word.codes.length >= LEADERS && word.codes.every((code) => code === first);
    if (isLeader) return;
    const [low, high] = [(font.descent / 1000) * size + rise, (font.ascent / 1000) * size + rise];
    yield quadOf(times(word.start, ctm), { x1: 0, y1: low, x2: word.width, y2: high });
  }

  #advance(width: number): void {
    this.#place = times([1, 0, 0, 1, width, 0], this.#place);
  }
}
