import { hasRightToLeft, shownText } from '../../../base/untrusted-text.ts';

/**
 * Around a value inside a translated sentence that is read from right to left, until it is an element of its own.
 * Noncharacters (Unicode §23.7): for use inside a program, and shown by their number where they come from outside.
 */
const [BEGIN, END] = ['\ufdd0', '\ufdd1'];
const MARKED = /\ufdd0([^\ufdd0\ufdd1]*)\ufdd1/gu;

/** A value as it may stand in a translated sentence. */
export function valueInSentence(value: string): string {
  const shown = shownText(withoutMarks(value));
  return hasRightToLeft(shown) ? `${BEGIN}${shown}${END}` : shown;
}

/** Text as it may be shown, without elements in it. */
export const plainText = (text: string): string => shownText(withoutMarks(text));

export interface TextPiece {
  readonly text: string;
  /** Its direction must not reach what stands beside it. */
  readonly isIsolated: boolean;
}

/** Text as it may be shown, cut where a piece of it has a direction of its own. */
export function textPieces(text: string): readonly TextPiece[] {
  const pieces = text.split(MARKED);
  // The windows speak languages that are read from left to right: what is not, came from outside.
  if (pieces.length === 1) return [{ text: shownText(text), isIsolated: hasRightToLeft(text) }];
  return pieces
    .map((piece, index) => ({ text: shownText(piece), isIsolated: index % 2 === 1 }))
    .filter((piece) => piece.text !== '');
}

const withoutMarks = (text: string): string => text.replace(MARKED, '$1');
