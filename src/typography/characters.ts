/** What a person takes for one character: a letter with its marks (Unicode UAX #29). */
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** No mark among them: each code point is a character by itself (UAX #29 GB999). */
const UNMARKED = /^[ -~\u00a0-\u024f]*$/;

export const charactersOf = (text: string): string[] =>
  UNMARKED.test(text) ? [...text] : Array.from(graphemes.segment(text), ({ segment }) => segment);

/** Joiners and variation selectors shape their neighbours and need no glyph of their own. */
export const isIgnorable = (character: string): boolean =>
  /^\p{Default_Ignorable_Code_Point}$/u.test(character);

/** Marks, embeddings, overrides and isolates (UAX #9 §2): they order the text and are not part of it. */
export const BIDI_CONTROL = /\p{Bidi_Control}/u;
