import { z } from 'zod';

export const MIN_PASSWORD_LENGTH = 12;
const MAX_PASSWORD_LENGTH = 128;
const MIN_DISTINCT_CHARACTERS = 6;

/** Beginnings that are tried first by anyone who guesses; compared without case, digits and signs. */
const COMMON_WORDS =
  /^(password|passwort|contrasena|contrasenya|motdepasse|senha|admin|administrator|welcome|qwerty|letmein|oneshot|signature)+$/;

const stripped = (password: string): string =>
  password
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]/g, '');

/** Whether it goes up or down by one through its whole length, as 123456789012 does. */
function isRun(password: string): boolean {
  const steps = [...password].slice(1).map((char, index) => char.charCodeAt(0) - password.charCodeAt(index));
  const first = steps[0];
  // 9 follows 0 in runs that people type.
  return steps.every((step) => step === first || step === -9 || step === 9) && Math.abs(first ?? 0) === 1;
}

/** Why a password is refused. Length counts most (NIST SP 800-63B §5.1.1); kinds of characters do not. */
export type PasswordWeakness = 'short' | 'long' | 'fewCharacters' | 'run' | 'common';

/** @returns undefined for a password that is good enough */
export function weaknessOf(password: string): PasswordWeakness | undefined {
  if ([...password].length < MIN_PASSWORD_LENGTH) return 'short';
  if (password.length > MAX_PASSWORD_LENGTH) return 'long';
  if (new Set(password).size < MIN_DISTINCT_CHARACTERS) return 'fewCharacters';
  if (isRun(password)) return 'run';
  return COMMON_WORDS.test(stripped(password)) ? 'common' : undefined;
}

/** A password or passphrase that is being chosen. */
export const newPasswordSchema = z
  .string()
  .max(256)
  .refine((password) => weaknessOf(password) === undefined);

/** One that is being tried. */
export const typedPasswordSchema = z.string().min(1).max(256);
