import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** scrypt's cost; `N` is the work of one guess, memory is 128 · N · r bytes. */
export interface HashCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** 32 MiB and some 60 ms: for a server that checks many (SP 800-63B-4 §3.1.1.2). */
export const SERVER_COST: HashCost = Object.freeze({ N: 2 ** 15, r: 8, p: 1 });
/** OWASP's floor for scrypt at rest, 128 MiB: for one desk. */
export const DESK_COST: HashCost = Object.freeze({ N: 2 ** 17, r: 8, p: 1 });

const HASH_BYTES = 32;
const MAX_MEMORY = 256 * 2 ** 20;

/** 32 bytes from a password. Another keyboard may send it in another Unicode form: NFKC. */
export const deriveKey = (secret: string, salt: Uint8Array, cost: HashCost): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { ...cost, maxmem: MAX_MEMORY };
    scrypt(secret.normalize('NFKC'), salt, HASH_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });

/** `scrypt$N$r$p$salt$hash`, salt and hash in base64url. */
export async function hashSecret(secret: string, cost: HashCost = SERVER_COST): Promise<string> {
  const salt = randomBytes(16);
  const key = await deriveKey(secret, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Whether this is the secret behind a stored hash; false for a text that is no hash. */
export async function verifySecret(secret: string, stored: string): Promise<boolean> {
  const parsed = parseHash(stored);
  if (parsed === undefined) return false;
  const key = await deriveKey(secret, parsed.salt, parsed.cost);
  return key.length === parsed.hash.length && timingSafeEqual(key, parsed.hash);
}

/** A hash that no password has, at the server's cost: an unknown user name takes as long as a known one. */
export const NOBODY_HASH = [
  'scrypt',
  SERVER_COST.N,
  SERVER_COST.r,
  SERVER_COST.p,
  'AAAAAAAAAAAAAAAAAAAAAA',
  '',
].join('$');

/** Also reads `scrypt$N$salt$hash` with base64, which stations wrote before. */
function parseHash(stored: string): { cost: HashCost; salt: Buffer; hash: Buffer } | undefined {
  const fields = stored.split('$');
  const [scheme, N] = fields;
  const [r, p, salt, hash] = fields.length === 4 ? ['8', '1', ...fields.slice(2)] : fields.slice(2);
  if (scheme !== 'scrypt' || salt === undefined || hash === undefined) return undefined;
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  // Buffer reads base64 and base64url alike.
  return { cost, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') };
}
