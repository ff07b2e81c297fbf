import { open, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes to a temporary name, flushes, renames: the file is there whole or not at all. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const partial = `${path}.partial`;
  await writeFile(partial, bytes, { mode: 0o600, flush: true });
  await moveDurably(partial, path);
}

/** Gives a file that was flushed its final name, and makes the name survive a power cut too. */
export async function moveDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  const directory = await open(dirname(to), 'r');
  await directory.sync().catch(() => undefined); // some file systems cannot flush a directory
  await directory.close();
}
