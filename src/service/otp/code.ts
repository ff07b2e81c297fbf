import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** What a code is good for: exactly this request and this manifest. */
export interface CodeBinding {
  readonly requestId: string;
  readonly manifestDigest: string;
}

/** Decimal digits from the system's CSPRNG; `randomInt` rejects instead of reducing, so none is likelier. */
export const generateCode = (digits: number): string =>
  randomInt(0, 10 ** digits)
    .toString()
    .padStart(digits, '0');

export const newSalt = (): Uint8Array => randomBytes(16);

/** The only form in which a code is stored: HMAC-SHA-256 under a key that the database does not hold. */
export const codeMac = (key: Uint8Array, salt: Uint8Array, binding: CodeBinding, code: string): Uint8Array =>
  createHmac('sha256', key)
    .update(salt)
    .update(`${binding.requestId}\n${binding.manifestDigest}\n${code}`)
    .digest();

export const sameMac = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && timingSafeEqual(a, b);
