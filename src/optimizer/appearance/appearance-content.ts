/** From what was asked for to what is drawn. */
import type { Drawing, VisibleSignature } from '../../contract/model/appearance.ts';
import type { AppearanceContent, Ink, Typefaces } from '../../pdf/index.ts';
import { type AppearanceValues, fillVariables } from './fill-variables.ts';

export function appearanceContent(
  visible: VisibleSignature,
  values: AppearanceValues,
  typefaces: Typefaces,
): AppearanceContent {
  const { text, png, jpeg, drawing, qrCode } = visible;
  const filled = (template: string): string => fillVariables(template, values, visible);
  return {
    typefaces,
    ...(text === undefined ? {} : { text: text.map(filled) }),
    ...(png === undefined ? {} : { picture: { format: 'png', bytes: Buffer.from(png, 'base64') } }),
    ...(jpeg === undefined ? {} : { picture: { format: 'jpeg', bytes: Buffer.from(jpeg, 'base64') } }),
    ...(drawing === undefined ? {} : { ink: inkOf(drawing) }),
    ...(qrCode === undefined ? {} : { qrCode: filled(qrCode) }),
  };
}

const inkOf = ({ strokes, penWidth }: Drawing): Ink =>
  penWidth === undefined ? { strokes } : { strokes, penWidth };
