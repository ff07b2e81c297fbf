import { z } from 'zod';

/** Existing clients send numbers, booleans and strings for the same field; what counts is the text. */
export const lenientText = z.union([z.string(), z.number(), z.boolean()]).transform(String);

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
