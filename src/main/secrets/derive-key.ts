import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);

/** How much work one try of a password is: scrypt's N; r = 8 and p = 1 throughout. */
export type Work = number;

/** OWASP's floor for scrypt at rest; needs 128 MiB while deriving. */
export const USUAL_WORK: Work = 2 ** 17;

/** 32 bytes from a password. The same one typed on another keyboard may come in another Unicode form. */
export const deriveKey = (password: string, salt: Buffer, work: Work): Promise<Buffer> =>
  derive(password.normalize('NFKC'), salt, 32, { N: work, r: 8, p: 1, maxmem: 256 * 2 ** 20 });
