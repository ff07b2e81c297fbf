import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The three parts of a sealed value, for formats that store them apart. */
export interface SealedParts {
  readonly nonce: Uint8Array;
  readonly tag: Uint8Array;
  readonly body: Uint8Array;
}

/** Authenticated encryption of a value at rest, bound to the place where it is kept. */
export interface SealedBox {
  seal(plain: Uint8Array, place: string): Uint8Array;
  /** @throws Error when the bytes were changed, moved to another place or sealed with another key */
  open(sealed: Uint8Array, place: string): Uint8Array;
}

/** AES-256-GCM in one value: nonce, tag, ciphertext. @param key 32 bytes */
export const sealedBox = (key: Uint8Array): SealedBox => ({
  seal(plain, place) {
    const { nonce, tag, body } = sealParts(key, plain, place);
    return Buffer.concat([nonce, tag, body]);
  },
  open(sealed, place) {
    const parts = {
      nonce: sealed.subarray(0, NONCE_BYTES),
      tag: sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES),
      body: sealed.subarray(NONCE_BYTES + TAG_BYTES),
    };
    return openParts(key, parts, place);
  },
});

/**
 * AES-256-GCM with a random 96-bit nonce (SP 800-38D §8.2.2).
 * @param place authenticated with the value, so that it does not open elsewhere
 */
export function sealParts(key: Uint8Array, plain: Uint8Array, place = ''): SealedParts {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return { nonce, tag: cipher.getAuthTag(), body };
}

/** @throws Error when a part was changed, or the key or the place is another */
export function openParts(key: Uint8Array, { nonce, tag, body }: SealedParts, place = ''): Buffer {
  // Without its length given, a tag cut to four bytes would be taken (SP 800-38D §5.2.1.2).
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(place))
    .setAuthTag(tag);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}
