/** Values put into a sentence of another direction (Unicode UAX #9 §2.4.2). */
import { BIDI_CONTROL } from './characters.ts';

const [FIRST_STRONG_ISOLATE, POP_ISOLATE] = ['\u2068', '\u2069'];
/** Hebrew, Arabic and the other scripts that are read from right to left. */
const RIGHT_TO_LEFT =
  /[\p{scx=Hebr}\p{scx=Arab}\p{scx=Syrc}\p{scx=Thaa}\p{scx=Nkoo}\p{scx=Adlm}\p{scx=Mand}\p{scx=Samr}\p{scx=Rohg}]/u;

/**
 * A name from right to left keeps to itself: without it a date or a bracket that follows would be read as a part
 * of the name and stand on its wrong side. Other text stays as it is.
 */
export const isolated = (value: string): string =>
  RIGHT_TO_LEFT.test(value) && !BIDI_CONTROL.test(value)
    ? `${FIRST_STRONG_ISOLATE}${value}${POP_ISOLATE}`
    : value;
