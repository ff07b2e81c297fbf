/** Text in the order in which it is seen: bidirectional runs, each of one script and in one typeface (UAX #9, #24). */
import createBidi from 'bidi-js';
import { BIDI_CONTROL, isIgnorable } from './characters.ts';
import { scriptsOfCharacters } from './script-runs.ts';
import { scriptsOf } from './scripts.ts';
import type { ShapedGlyph, Typeface } from './typeface.ts';
import { showsCharacter, unsupported } from './typefaces.ts';

export interface TextRun {
  readonly isRightToLeft: boolean;
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
  readonly script: string;
  readonly typeface: Typeface;
}

const bidi = createBidi();

/** Whether a paragraph is read from right to left: by its first letter with a direction (rules P2 and P3). */
export const isRightToLeft = (paragraph: string): boolean =>
  (bidi.getEmbeddingLevels(paragraph, 'auto').paragraphs[0]?.level ?? 0) % 2 === 1;

/**
 * @param typefaces together show every character, see `Typefaces.showing`
 * @throws OssError OSS_PDF_TEXT_UNSUPPORTED where shaping finds no glyph all the same: boxes are never drawn
 */
export function shapeLine(
  text: string,
  typefaces: readonly Typeface[],
  paragraphIsRightToLeft: boolean,
): TextLine {
  const runs = visualOrder(runsOf(text, typefaces, paragraphIsRightToLeft)).map(shapeRun);
  const width = runs.reduce(
    (sum, { glyphs }) => sum + glyphs.reduce((all, { advance }) => all + advance, 0),
    0,
  );
  return { text, isRightToLeft: paragraphIsRightToLeft, width, runs };
}

function shapeRun({ text, level, script, typeface }: LogicalRun): TextRun {
  const isRightToLeft = level % 2 === 1;
  const glyphs = typeface.shape(text, script, isRightToLeft);
  const without = glyphs.find(({ id }) => id === 0);
  if (without) throw unsupported([...without.text].find((point) => !isIgnorable(point)) ?? text);
  return { isRightToLeft, typeface, glyphs };
}

/** Most lines: nothing in them has another direction or another script. */
const PLAIN_LATIN = /^[ -~\u00A0-\u024F]*$/;

function runsOf(text: string, typefaces: readonly Typeface[], paragraphIsRightToLeft: boolean): LogicalRun[] {
  const [first] = typefaces;
  if (first && !paragraphIsRightToLeft && PLAIN_LATIN.test(text) && showsCharacter(first, text)) {
    return text === '' ? [] : [{ text, level: 0, script: 'Latn', typeface: first }];
  }
  const { levels } = bidi.getEmbeddingLevels(text, paragraphIsRightToLeft ? 'rtl' : 'ltr');
  return logicalRuns(text, levels, typefaces);
}

/** Cut where direction, script or typeface changes, never inside a character with its marks. */
function logicalRuns(text: string, levels: Uint8Array, typefaces: readonly Typeface[]): LogicalRun[] {
  const runs: LogicalRun[] = [];
  for (const { level, script, characters } of stretchesOf(text, levels)) {
    const letters = characters.filter((character) => !isNeutral(character)).join('');
    const ofLetters = typefaces.find((typeface) => showsCharacter(typeface, letters));
    let last: LogicalRun | undefined;
    for (const character of characters) {
      const wanted = isNeutral(character) ? neutralFace(character, last?.typeface) : ofLetters;
      const typeface = firstShowing(character, wanted ? [wanted, ...typefaces] : typefaces);
      if (last?.typeface === typeface) {
        last = { ...last, text: last.text + character };
        runs[runs.length - 1] = last;
      } else {
        last = { text: character, level, script, typeface };
        runs.push(last);
      }
    }
  }
  return runs;
}

/** Spaces, digits and punctuation of no script. */
const isNeutral = (character: string): boolean =>
  [...character].every((point) => scriptsOf(point).length === 0);

/**
 * Spaces stay with the word before them. Digits and punctuation are the first typeface's wherever they stand, so
 * that a date is one, and so are both brackets of a pair.
 */
const neutralFace = (character: string, current: Typeface | undefined): Typeface | undefined =>
  /^[\p{White_Space}\p{Default_Ignorable_Code_Point}]+$/u.test(character) ? current : undefined;

function firstShowing(character: string, typefaces: readonly Typeface[]): Typeface {
  const typeface = typefaces.find((one) => showsCharacter(one, character));
  if (!typeface) throw unsupported(character);
  return typeface;
}

interface Stretch {
  readonly level: number;
  readonly script: string;
  readonly characters: string[];
}

/** Characters that follow one another in one direction and one script. */
function stretchesOf(text: string, levels: Uint8Array): Stretch[] {
  const stretches: Stretch[] = [];
  let offset = 0;
  for (const { character, script } of scriptsOfCharacters(text)) {
    const level = levels[offset] ?? 0;
    offset += character.length;
    if (BIDI_CONTROL.test(character)) continue; // has ordered its neighbours, and is not shown
    const last = stretches.at(-1);
    if (last?.level === level && last.script === script) last.characters.push(character);
    else stretches.push({ level, script, characters: [character] });
  }
  return stretches;
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
