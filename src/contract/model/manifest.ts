import { z } from 'zod';
import { sha256Base64, utcSeconds } from './encoding.ts';

/** How many documents one transaction may hold; bounds every list that crosses a process. */
export const MAX_DOCUMENTS = 100;

/**
 * One document of a transaction as the signature service knows it: the digest over its ByteRange
 * (ISO 32000-2 §12.8.1) and the claimed signing time /M, which is part of the bytes that were hashed.
 */
export const manifestEntrySchema = z.strictObject({
  digest: sha256Base64,
  claimedSigningTime: utcSeconds,
});

export const manifestSchema = z
  .array(manifestEntrySchema)
  .min(1, 'A transaction has at least one document.')
  .max(MAX_DOCUMENTS, `A transaction has at most ${MAX_DOCUMENTS} documents.`)
  .refine(
    (entries) => new Set(entries.map((e) => e.digest)).size === entries.length,
    'The same digest is listed twice.',
  );

/**
 * The ordered SHA-256 digests of the original documents. A code can be bound to them where the look of the
 * signature is chosen only when signing, so that the ByteRange digests do not exist yet.
 */
export const contentsSchema = z
  .array(sha256Base64)
  .min(1, 'A transaction has at least one document.')
  .max(MAX_DOCUMENTS, `A transaction has at most ${MAX_DOCUMENTS} documents.`);

export type ManifestEntry = z.infer<typeof manifestEntrySchema>;
/** The ordered digests that the one-time password authorises. */
export type Manifest = z.infer<typeof manifestSchema>;
export type Contents = z.infer<typeof contentsSchema>;
