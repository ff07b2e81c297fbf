import { z } from 'zod';
import { base64Bytes, utcSeconds } from '../model/encoding.ts';
import { keyAlgorithmSchema } from '../model/key-algorithm.ts';
import { manifestSchema } from '../model/manifest.ts';
import { sealIdSchema } from '../model/seal.ts';

const MAX_DER = 64 * 1024;

/** A seal that the caller may use; the sizes let the client reserve /Contents beforehand. */
export const sealViewSchema = z.object({
  id: sealIdSchema,
  organisation: z.string(),
  organisationIdentifier: z.string(),
  commonName: z.string(),
  country: z.string(),
  keyAlgorithm: keyAlgorithmSchema,
  notAfter: utcSeconds,
  certificate: base64Bytes(MAX_DER),
  /** Upper bounds in bytes: certificate plus chain, and one time-stamp token. */
  chainBytes: z.number().int().positive(),
  timestampBytes: z.number().int().positive(),
});
export type SealView = z.infer<typeof sealViewSchema>;

/** GET /v1/seals */
export const sealListSchema = z.object({ seals: z.array(sealViewSchema) });

/** POST /v1/seals/{id}/sign; answered as a sign call is. */
export const sealSchema = z.strictObject({
  /** Of the officer: a seal commits the organisation, hence the second factor each time. */
  pin: z.string().min(4).max(32),
  manifest: manifestSchema,
});

/** POST /v1/seals/{id}/check: whether the officer could seal, before somebody signs who would be sealed after. */
export const sealCheckSchema = sealSchema.pick({ pin: true });

export type SealCall = z.infer<typeof sealSchema>;
