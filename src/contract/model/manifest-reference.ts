import { createHash } from 'node:crypto';
import { fromBase64 } from './encoding.ts';
import type { Manifest } from './manifest.ts';

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
