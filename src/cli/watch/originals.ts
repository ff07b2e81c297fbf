import { join } from 'node:path';
import { z } from 'zod';
import { OssError } from '../../contract/errors.ts';
import { fromBase64 } from '../../contract/model/encoding.ts';
import type { Transaction } from '../../contract/model/transaction.ts';
import { hashFile } from '../../optimizer/index.ts';
import { lookAtFile } from './arrival.ts';
import type { WatchedFolders } from './folders.ts';
import { type Fingerprint, fingerprintOf } from './settling.ts';

const noteSchema = z.array(z.object({ file: z.string(), fingerprint: z.string() }));
type Originals = z.infer<typeof noteSchema>;

/**
 * The documents of an order as they lie in `work`, before they are imported.
 * @throws OssError OSS_FILE_NOT_FOUND for what is no regular file, or has a second name by which it can be changed
 */
export async function lookAtOriginals(
  folders: WatchedFolders,
  name: string,
  files: readonly string[],
): Promise<Originals> {
  const originals: Originals = [];
  for (const file of files) {
    const { status } = await lookAtFile(join(folders.workOf(name), file));
    if (status.nlink > 1n) throw new OssError('OSS_FILE_NOT_FOUND', { file, reason: 'it has a second name' });
    originals.push({ file, fingerprint: fingerprintOf(status) });
  }
  return originals;
}

/** Remembers what was imported; over the end of the process too. */
export const noteOriginals = (folders: WatchedFolders, name: string, originals: Originals): Promise<void> =>
  folders.writeNote(name, 'documents.json', JSON.stringify(originals));

/**
 * The documents that are not what was imported any more: somebody still had them open, or put others in their place.
 * Those that look as they did are not read again.
 * @param files in the order of the transaction
 */
export async function changedOriginals(
  folders: WatchedFolders,
  name: string,
  files: readonly string[],
  { documents }: Pick<Transaction, 'documents'>,
): Promise<string[]> {
  const noted = await notedIn(folders, name);
  const changed: string[] = [];
  for (const [index, file] of files.entries()) {
    const path = join(folders.workOf(name), file);
    const { status } = await lookAtFile(path);
    if (noted.get(file) === fingerprintOf(status)) continue;
    const sha256 = Buffer.from(fromBase64(documents[index]?.sha256 ?? '')).toString('hex');
    if ((await hashFile(path)) !== sha256) changed.push(file);
  }
  return changed;
}

async function notedIn(folders: WatchedFolders, name: string): Promise<Map<string, Fingerprint>> {
  const text = await folders.readNote(name, 'documents.json');
  const originals = text === undefined ? [] : noteSchema.parse(JSON.parse(text));
  return new Map(originals.map(({ file, fingerprint }) => [file, fingerprint]));
}
