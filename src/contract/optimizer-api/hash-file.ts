import { z } from 'zod';
import { lenientFlag } from './lenient.ts';

/** A part `hashfile`: a digest to sign, without its content. */
export const hashFileSchema = z.looseObject({
  messageDigest: z.string(),
  digestAlgorithm: z.string().optional(),
  addAuthAttribute: lenientFlag.optional(),
  addSigningTime: lenientFlag.optional(),
  otherAuthAttributes: z.array(z.unknown()).optional(),
});
