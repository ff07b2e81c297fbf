import { randomBytes, timingSafeEqual } from 'node:crypto';
import { deriveKey, type Work } from '../secrets/derive-key.ts';

/** `scrypt$work$salt$hash`, salt and hash in base64. */
export async function hashPassword(password: string, work: Work): Promise<string> {
  const salt = randomBytes(16);
  const hash = await deriveKey(password, salt, work);
  return `scrypt$${work}$${salt.toString('base64')}$${hash.toString('base64')}`;
}

export async function isPassword(stored: string, password: string): Promise<boolean> {
  const [scheme, work, salt, hash] = stored.split('$');
  if (scheme !== 'scrypt' || work === undefined || salt === undefined || hash === undefined) return false;
  const expected = Buffer.from(hash, 'base64');
  const actual = await deriveKey(password, Buffer.from(salt, 'base64'), Number(work));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
