/** Values put into a sentence of another direction (Unicode UAX #9 §2.4.2). */
import { hasRightToLeft, shownText } from './untrusted-text.ts';

/** From FIRST STRONG ISOLATE to POP DIRECTIONAL ISOLATE, with nothing between that could end it early. */
const ISOLATE = /\u2068([^\u2066-\u2069]*)\u2069/gu;

/**
 * A name from right to left keeps to itself: without it a date or a bracket that follows would be read as a part
 * of the name and stand on its wrong side. What cannot be seen in it is shown by its number.
 */
export function isolated(value: string): string {
  const shown = shownText(value);
  return hasRightToLeft(shown) ? `\u2068${shown}\u2069` : shown;
}

/**
 * Text from outside as it may be printed: `shownText`, but for the marks of `isolated`. A pair of them orders only what
 * is between; a single one is shown by its number.
 */
export function shownLine(text: string): string {
  let shown = '';
  let end = 0;
  for (const { 0: whole, 1: inner = '', index } of text.matchAll(ISOLATE)) {
    shown += `${shownText(text.slice(end, index))}\u2068${shownText(inner)}\u2069`;
    end = index + whole.length;
  }
  return shown + shownText(text.slice(end));
}
