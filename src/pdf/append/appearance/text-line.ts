/** Text in the order in which it is seen: bidirectional runs, each in one typeface (Unicode UAX #9). */
import createBidi from 'bidi-js';
import type { ShapedGlyph, Typeface } from './typeface.ts';
import { isIgnorable } from './typefaces.ts';

export interface TextRun {
  readonly typeface: Typeface;
  readonly glyphs: readonly ShapedGlyph[];
}

/** Lengths in units of the font size. */
export interface TextLine {
  readonly text: string;
  readonly isRightToLeft: boolean;
  readonly width: number;
  /** From left to right. */
  readonly runs: readonly TextRun[];
}

interface LogicalRun {
  readonly text: string;
  readonly level: number;
  readonly typeface: Typeface;
}

const bidi = createBidi();
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** What a person takes for one character. */
export const charactersOf = (text: string): string[] =>
  Array.from(graphemes.segment(text), ({ segment }) => segment);

/** Whether a paragraph is read from right to left: by its first letter with a direction (rules P2 and P3). */
export const isRightToLeft = (paragraph: string): boolean =>
  (bidi.getEmbeddingLevels(paragraph, 'auto').paragraphs[0]?.level ?? 0) % 2 === 1;

/** `typefaces` together show every character, see `Typefaces.showing`. */
export function shapeLine(
  text: string,
  typefaces: readonly Typeface[],
  paragraphIsRightToLeft: boolean,
): TextLine {
  const { levels } = bidi.getEmbeddingLevels(text, paragraphIsRightToLeft ? 'rtl' : 'ltr');
  const runs = visualOrder(logicalRuns(text, levels, typefaces)).map((run) => ({
    typeface: run.typeface,
    glyphs: run.typeface.shape(run.text, run.level % 2 === 1),
  }));
  const width = runs.reduce(
    (sum, { glyphs }) => sum + glyphs.reduce((all, { advance }) => all + advance, 0),
    0,
  );
  return { text, isRightToLeft: paragraphIsRightToLeft, width, runs };
}

/** Cut where the direction or the typeface changes, never inside a character with its marks. */
function logicalRuns(text: string, levels: Uint8Array, typefaces: readonly Typeface[]): LogicalRun[] {
  const runs: LogicalRun[] = [];
  let offset = 0;
  for (const character of charactersOf(text)) {
    const level = levels[offset] ?? 0;
    const last = runs.at(-1);
    const typeface = typefaceFor(character, last?.typeface, typefaces);
    if (last && typeface && last.level === level && last.typeface === typeface) {
      runs[runs.length - 1] = { ...last, text: last.text + character };
    } else if (typeface) {
      runs.push({ text: character, level, typeface });
    }
    offset += character.length;
  }
  return runs;
}

/** The one in use goes on as long as it can: spaces and digits stay with the words around them. */
function typefaceFor(
  character: string,
  current: Typeface | undefined,
  typefaces: readonly Typeface[],
): Typeface | undefined {
  const points = [...character].filter((point) => !isIgnorable(point));
  const showsAll = (typeface: Typeface): boolean => points.every((point) => typeface.shows(point));
  if (current && showsAll(current)) return current;
  // Marks that no typeface has together with their letter stand in the one that has the letter.
  return (
    typefaces.find(showsAll) ?? typefaces.find((typeface) => typeface.shows(points[0] ?? '')) ?? typefaces[0]
  );
}

/** Rule L2: from the highest level down, what is at least as deep is turned round. */
function visualOrder(runs: readonly LogicalRun[]): LogicalRun[] {
  const ordered = [...runs];
  const deepest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = deepest; level > 0; level -= 1) {
    for (let start = 0; start < ordered.length; start += 1) {
      let end = start;
      while ((ordered[end]?.level ?? -1) >= level) end += 1;
      if (end > start) ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
      start = end;
    }
  }
  return ordered;
}
