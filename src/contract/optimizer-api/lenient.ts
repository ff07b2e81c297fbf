import { z } from 'zod';

/** Existing clients send numbers, booleans and strings for the same field; what counts is the text. */
export const lenientText = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/**
 * A field that a call cannot do without. Its absence is answered with the words that clients know, not by the
 * schema; the published description says `required`.
 */
export const needed = <T extends z.ZodType>(field: T) => field.optional().meta({ needed: true });

/** `1`, `true`, `"true"` and the like. */
export const lenientFlag = z
  .union([z.boolean(), z.number(), z.string()])
  .transform((value) => ['1', 'true', 'yes', 'on'].includes(String(value).toLowerCase()));

export const lenientInteger = z
  .union([
    z.number().int(),
    z
      .string()
      .trim()
      .regex(/^-?\d+$/, 'a whole number'),
  ])
  .transform(Number);
