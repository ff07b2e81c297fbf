import { createHash } from 'node:crypto';
import { z } from 'zod';
import { fromBase64, sha256Base64, utcSeconds } from './encoding.ts';

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

export type ManifestEntry = z.infer<typeof manifestEntrySchema>;
/** The ordered digests that the one-time password authorises. */
export type Manifest = z.infer<typeof manifestSchema>;

/** Crockford's base 32: no I, L, O, U, so that a reference can be read aloud. */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** SHA-256 over the ordered entries: changes with any document, any order, any claimed time. */
export function manifestDigest(manifest: Manifest): Uint8Array {
  const hash = createHash('sha256').update(`one-shot-manifest-v1:${manifest.length}\n`);
  for (const { digest, claimedSigningTime } of manifest) {
    hash.update(fromBase64(digest)).update(claimedSigningTime).update('\n');
  }
  return new Uint8Array(hash.digest());
}

/**
 * The reference that the screen and the SMS show: the first 40 bits of the manifest digest in
 * Crockford base 32, grouped by four (K7QF-2M9D).
 */
export function manifestReference(manifest: Manifest): string {
  const bits = Buffer.from(manifestDigest(manifest)).readUIntBE(0, 5);
  let text = '';
  for (let rest = bits, i = 0; i < 8; i++) {
    text = CROCKFORD.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return `${text.slice(0, 4)}-${text.slice(4)}`;
}
