import { createHash } from 'node:crypto';
import { commitmentTo, type LoggedAct } from '../../base/tlog/entry.ts';

const SALT_BYTES = 32;

/** An entry about these bytes, under a salt of its own. */
export function commit(act: LoggedAct, logged: Uint8Array, randomBytes: (size: number) => Uint8Array) {
  const salt = randomBytes(SALT_BYTES);
  const digest = createHash('sha256').update(logged).digest();
  return { act, salt, digest, commitment: commitmentTo(salt, digest) };
}
