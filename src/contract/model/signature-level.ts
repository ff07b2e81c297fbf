import { z } from 'zod';

export const signatureLevelSchema = z.enum(
  ['B-B', 'B-T', 'B-LT', 'B-LTA'],
  'The level is B-B, B-T, B-LT or B-LTA.',
);
export type SignatureLevel = z.infer<typeof signatureLevelSchema>;

/**
 * The level where nobody named one: what validation needs is in the file, so that it holds without any network. Where
 * the service does not send that data with its signatures, `withoutData`; which of them is settled before a code is sent.
 */
export const USUAL_LEVEL = Object.freeze({ withData: 'B-LT', withoutData: 'B-T' } as const);

export const levelChoiceSchema = z.enum(['automatic', ...signatureLevelSchema.options]);
export type LevelChoice = z.infer<typeof levelChoiceSchema>;
