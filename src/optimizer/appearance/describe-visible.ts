/** From what was asked for to what is drawn. */

import { shownLine } from '../../base/isolate.ts';
import type { Drawing, VisibleSignature } from '../../contract/model/appearance.ts';
import type { Ink, VisibleSignature as PdfVisibleSignature } from '../../pdf/index.ts';
import type { Typefaces } from '../../typography/typefaces.ts';
import type { AppearanceValues } from './fill-variables.ts';

/** A visible signature for the appender: its content with the variables filled in, and its place. */
export async function describeVisible(
  visible: VisibleSignature,
  values: AppearanceValues,
  typefaces: Typefaces,
): Promise<PdfVisibleSignature> {
  // Dates bring a library along that invisible signatures do without.
  const { fillVariables } = await import('./fill-variables.ts');
  const filled = (template: string): string => fillVariables(template, values, visible);
  const line = (template: string): string => shownLine(filled(template));
  const { page, rectangle, text, png, jpeg, drawing, qrCode } = visible;
  return {
    page,
    rectangle,
    typefaces,
    alternativeText: line(alternativeTemplate(visible)),
    ...(text === undefined ? {} : { text: text.map(line) }),
    ...(png === undefined ? {} : { picture: { format: 'png', bytes: Buffer.from(png, 'base64') } }),
    ...(jpeg === undefined ? {} : { picture: { format: 'jpeg', bytes: Buffer.from(jpeg, 'base64') } }),
    ...(drawing === undefined ? {} : { ink: inkOf(drawing) }),
    ...(qrCode === undefined ? {} : { qrCode: filled(qrCode) }),
  };
}

/** Without one of its own, an appearance says the text that it shows, or who signed when. */
function alternativeTemplate({ alternativeText, text = [] }: VisibleSignature): string {
  const shown = text.filter((line) => line.trim() !== '').join(', ');
  return alternativeText ?? (shown || '{name}, {date}');
}

const inkOf = ({ strokes, penWidth }: Drawing): Ink =>
  penWidth === undefined ? { strokes } : { strokes, penWidth };
