/** How a visible signature looks: one schema for the command line, the Optimizer and the windows. */
import { z } from 'zod';

/** What `{…}` in a line may name; `{{` stands for a brace. */
export const APPEARANCE_VARIABLES = Object.freeze([
  'name',
  'givenName',
  'surname',
  'email',
  'idNumber',
  'subject',
  'organisation',
  'date',
  'reason',
  'location',
  'request',
  'document',
] as const);
export type AppearanceVariable = (typeof APPEARANCE_VARIABLES)[number];

/** `{{`, `}}`, a variable, or a brace that belongs to nothing. */
export const VARIABLE_PATTERN = /\{\{|\}\}|\{([A-Za-z]*)\}|[{}]/g;

const isVariable = (name: string | undefined): boolean =>
  (APPEARANCE_VARIABLES as readonly (string | undefined)[]).includes(name);

const hasKnownVariables = (line: string): boolean =>
  [...line.matchAll(VARIABLE_PATTERN)].every(
    ([whole, name]) => whole === '{{' || whole === '}}' || isVariable(name),
  );

const templateSchema = (length: number) =>
  z
    .string()
    .max(length)
    .refine(
      hasKnownVariables,
      `Variables are {${APPEARANCE_VARIABLES.join('}, {')}}; write {{ and }} for braces.`,
    );

/** A name of the IANA data base that this computer knows, such as Europe/Madrid. */
export const timeZoneSchema = z
  .string()
  .max(64)
  .refine((name) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
    } catch {
      return false;
    }
  }, 'The time zone is a name of the IANA data base, such as Europe/Madrid.');

const coordinate = z.number().min(-100_000).max(100_000);

/** Ink as a pen left it: points of each stroke as a screen counts them, x to the right, y downward. */
export const drawingSchema = z.strictObject({
  strokes: z
    .array(
      z
        .array(z.tuple([coordinate, coordinate]))
        .min(1)
        .max(5_000),
    )
    .min(1)
    .max(200),
  /** Width of the pen in the same units; without it one that suits the size of the drawing. */
  penWidth: z.number().positive().max(1_000).optional(),
});
export type Drawing = z.infer<typeof drawingSchema>;

const pictureBase64 = z.base64().max(1_400_000);

/**
 * A visible signature: page counted from 1, corners in the page's own user space (1/72 inch by default).
 * A picture or a drawing stands beside the text, a QR code on the other side of it.
 */
export const visibleSignatureSchema = z
  .strictObject({
    page: z.number().int().min(1),
    rectangle: z.strictObject({ x1: z.number(), y1: z.number(), x2: z.number(), y2: z.number() }),
    /** Lines, with variables such as {name} and {date}. */
    text: z.array(templateSchema(200)).max(12).optional(),
    /** How {date} is written, in the tokens of Unicode (dd/MM/yyyy HH:mm:ss ZZZZ). */
    dateFormat: z.string().min(1).max(64).optional(),
    /** Of {date}; without it the one of the workstation. */
    timeZone: timeZoneSchema.optional(),
    /** A PNG picture, base64, at most 1 MiB. */
    png: pictureBase64.optional(),
    /** A JPEG picture, base64, at most 1 MiB. */
    jpeg: pictureBase64.optional(),
    /** A signature drawn by hand. */
    drawing: drawingSchema.optional(),
    /** What a QR code says, with variables. */
    qrCode: templateSchema(500).optional(),
    /** What a screen reader says instead of showing, with variables; without it the lines of text. */
    alternativeText: templateSchema(500).optional(),
  })
  .refine(
    ({ png, jpeg, drawing }) => [png, jpeg, drawing].filter((one) => one !== undefined).length <= 1,
    'Give one of png, jpeg and drawing.',
  );
export type VisibleSignature = z.infer<typeof visibleSignatureSchema>;
