import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** Never through a link that has taken the place of the file, and without waiting for a pipe. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Of the file itself; fails where a link has its name (POSIX systems). */
export async function setMode(path: string, mode: number): Promise<void> {
  const file = await open(path, FLAGS);
  await file.chmod(mode).finally(() => file.close());
}
