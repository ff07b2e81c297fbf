import { createPublicKey, verify } from 'node:crypto';

/**
 * What is signed of a file that tells of a new version: its name too, so that the word on one channel or system is
 * none on another. The same in scripts/package/sign-updates.mjs.
 */
const signedBytes = (name: string, text: string): Buffer => Buffer.from(`one-shot update ${name}\n${text}`);

/** @param publicKey PEM, Ed25519 @param signature base64 */
export function isSignedUpdate(name: string, text: string, signature: string, publicKey: string): boolean {
  const key = createPublicKey(publicKey);
  if (key.asymmetricKeyType !== 'ed25519') return false;
  return verify(null, signedBytes(name, text), key, Buffer.from(signature.trim(), 'base64'));
}
