/** What the log shows of an act: a commitment that nobody can open without its salt. */
import { createHash } from 'node:crypto';
import type { LogEntry } from '../store/log-repository.ts';

const SALT_BYTES = 32;

/** Without the salt nothing follows from it, not even to who knows what was signed. */
export const commitmentTo = (salt: Uint8Array, digest: Uint8Array): Uint8Array =>
  createHash('sha256').update(salt).update(digest).digest();

/** The bytes of an entry: names nobody, no time, no document; one spelling only. */
export const encodeEntry = ({ act, commitment }: Pick<LogEntry, 'act' | 'commitment'>): Uint8Array =>
  Buffer.from(JSON.stringify({ v: 1, act, c: Buffer.from(commitment).toString('base64url') }));

export function commit(act: LogEntry['act'], logged: Uint8Array, randomBytes: (size: number) => Uint8Array) {
  const salt = randomBytes(SALT_BYTES);
  const digest = createHash('sha256').update(logged).digest();
  return { act, salt, digest, commitment: commitmentTo(salt, digest) };
}
