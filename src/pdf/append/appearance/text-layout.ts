/** Breaks lines of text into a box, in the largest size that fits. */
import { OssError } from '../../../contract/errors.ts';
import { wrapText } from '../../../typography/wrap.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** In units of the font size. */
export interface TextMetrics {
  readonly ascent: number;
  /** Negative. */
  readonly descent: number;
  widthOf(text: string): number;
}

export interface FittedText {
  readonly size: number;
  /** Distance of two base lines. */
  readonly leading: number;
  readonly lines: readonly FittedLine[];
}

export interface FittedLine {
  readonly text: string;
  /** Index of the paragraph that it belongs to. */
  readonly paragraph: number;
}

const LARGEST = 12;
const SMALLEST = 2;
const STEP = 0.25;
/** Down to this size words stay whole; smaller print is worse to read than a broken word. */
const WHOLE_WORDS_FROM = 6;
const LEADING = 1.2;

/** @throws OSS_PDF_RECTANGLE_INVALID where not even the smallest print fits. */
export function fitText(paragraphs: readonly string[], metrics: TextMetrics, box: Box): FittedText {
  const words = paragraphs.flatMap((paragraph) => paragraph.split(' '));
  const widestWord = Math.max(...words.map((word) => metrics.widthOf(word)));
  for (let size = LARGEST; size >= SMALLEST; size -= STEP) {
    if (size >= WHOLE_WORDS_FROM && widestWord * size > box.width) continue;
    const lines = paragraphs.flatMap((text, paragraph) =>
      wrapText(text, (line) => metrics.widthOf(line) * size <= box.width).map((line) => ({
        text: line,
        paragraph,
      })),
    );
    const leading = size * LEADING;
    const height = leading * (lines.length - 1) + (metrics.ascent - metrics.descent) * size;
    if (height <= box.height) return { size, leading, lines };
  }
  throw new OssError('OSS_PDF_RECTANGLE_INVALID', { reason: 'the text does not fit' });
}
