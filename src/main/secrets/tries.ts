import { z } from 'zod';
import { backoff } from '../../base/backoff.ts';
import { OssError } from '../../contract/errors.ts';
import { GUESSING } from '../security/guessing.ts';
import type { SecretStore } from './port.ts';

const triesSchema = z.strictObject({ wrong: z.number().int().nonnegative(), nextTryAt: z.number() });

export const NO_TRIES = JSON.stringify({ wrong: 0, nextTryAt: 0 });

/**
 * Counts a try before the password is looked at, in the secret store: neither a restart nor a killed process
 * gives a try for nothing. @throws OssError OSS_RATE_LIMITED during a pause
 */
export async function countTry(store: SecretStore, now: number): Promise<void> {
  const { wrong, nextTryAt } = await readTries(store);
  const seconds = Math.ceil((nextTryAt - now) / 1000);
  if (seconds > 0) throw new OssError('OSS_RATE_LIMITED', { seconds });
  const next = { wrong: wrong + 1, nextTryAt: now + backoff(GUESSING, wrong + 1) };
  await store.write('admin-tries', JSON.stringify(next));
}

export const forgetTries = (store: SecretStore): Promise<void> => store.write('admin-tries', NO_TRIES);

async function readTries(store: SecretStore): Promise<z.infer<typeof triesSchema>> {
  const stored = await store.read('admin-tries');
  return triesSchema.parse(JSON.parse(stored ?? NO_TRIES));
}
