import type { Font } from 'fontkit';

/** What the layout asks of a typeface; read once, for all documents. */
export interface FontMetrics {
  /** Width in points. Without kerning, as the text is drawn. */
  widthOf(text: string, size: number): number;
  /** Whether the typeface has a glyph for every character. */
  canShow(text: string): boolean;
}

export function fontMetrics(font: Font): FontMetrics {
  const advances = new Map<number, number>();
  const advanceOf = (codePoint: number): number => {
    const known = advances.get(codePoint);
    if (known !== undefined) return known;
    const advance = font.glyphForCodePoint(codePoint).advanceWidth / font.unitsPerEm;
    advances.set(codePoint, advance);
    return advance;
  };
  const codePoints = (text: string): number[] => [...text].map((character) => character.codePointAt(0) ?? 0);
  return {
    widthOf: (text, size) =>
      codePoints(text).reduce((sum, codePoint) => sum + advanceOf(codePoint), 0) * size,
    canShow: (text) => codePoints(text).every((codePoint) => font.hasGlyphForCodePoint(codePoint)),
  };
}
