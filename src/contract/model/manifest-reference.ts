import { createHash } from 'node:crypto';
import { fromBase64 } from './encoding.ts';
import type { Contents, Manifest } from './manifest.ts';

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

/** SHA-256 over the ordered contents; its prefix keeps it apart from every manifest digest. */
export function contentsDigest(contents: Contents): Uint8Array {
  const hash = createHash('sha256').update(`one-shot-contents-v1:${contents.length}\n`);
  for (const digest of contents) hash.update(fromBase64(digest));
  return new Uint8Array(hash.digest());
}

export const manifestReference = (manifest: Manifest): string => referenceOf(manifestDigest(manifest));

export const contentsReference = (contents: Contents): string => referenceOf(contentsDigest(contents));

/**
 * The reference that the screen and the SMS show: the first 40 bits of the digest in
 * Crockford base 32, grouped by four (K7QF-2M9D).
 */
function referenceOf(digest: Uint8Array): string {
  const bits = Buffer.from(digest).readUIntBE(0, 5);
  let text = '';
  for (let rest = bits, i = 0; i < 8; i++) {
    text = CROCKFORD.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return `${text.slice(0, 4)}-${text.slice(4)}`;
}
