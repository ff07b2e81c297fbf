/** Lines of text in a box, each in its own direction, as content of the appearance. */
import { UsedFonts } from '../../../typography/set-text.ts';
import { isRightToLeft, shapeLine, type TextLine } from '../../../typography/text-line.ts';
import type { Typefaces } from '../../../typography/typefaces.ts';
import { writeReference } from '../../syntax/writer.ts';
import type { Revision } from '../revision.ts';
import type { Paint } from './colour-space.ts';
import { embedFont } from './embed-font.ts';
import type { Figure } from './figure.ts';
import { type Box, fitText } from './text-layout.ts';

/** @throws OSS_PDF_TEXT_UNSUPPORTED, and OSS_PDF_RECTANGLE_INVALID where not even small print fits. */
export async function drawText(
  revision: Revision,
  paragraphs: readonly string[],
  typefaces: Typefaces,
  { black, resources: colours }: Paint,
  box: Box,
): Promise<Figure> {
  const shown = await typefaces.showing(paragraphs.join(''));
  const directions = paragraphs.map(isRightToLeft);
  const widths = new Map<string, number>();
  const widthOf = (text: string): number => {
    const width = widths.get(text) ?? shapeLine(text, shown, false).width;
    widths.set(text, width);
    return width;
  };
  const ascent = Math.max(...shown.map((typeface) => typeface.ascent));
  const descent = Math.min(...shown.map((typeface) => typeface.descent));
  const { size, leading, lines } = fitText(paragraphs, { ascent, descent, widthOf }, box);
  const block = leading * (lines.length - 1) + (ascent - descent) * size;
  const fonts = new UsedFonts();
  let content = `BT ${black}\n`;
  let y = box.y + (box.height + block) / 2 - ascent * size;
  for (const { text, paragraph } of lines) {
    const line = shapeLine(text, shown, directions[paragraph] ?? false);
    content += fonts.show(line, { x: startOf(line, size, box), y, size });
    y -= leading;
  }
  const resources = Array.from(
    fonts.encoded(),
    ([name, font]) => [name, writeReference(embedFont(revision, font))] as const,
  );
  return { content: `${content}ET\n`, resources: { ColorSpace: colours, Font: new Map(resources) } };
}

/** A line that is read from right to left begins at the right edge. */
const startOf = ({ isRightToLeft: fromRight, width }: TextLine, size: number, box: Box): number =>
  fromRight ? box.x + box.width - width * size : box.x;
