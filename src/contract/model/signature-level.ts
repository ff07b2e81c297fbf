import { z } from 'zod';

export const signatureLevelSchema = z.enum(
  ['B-B', 'B-T', 'B-LT', 'B-LTA'],
  'The level is B-B, B-T, B-LT or B-LTA.',
);
export type SignatureLevel = z.infer<typeof signatureLevelSchema>;
