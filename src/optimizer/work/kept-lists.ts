/** The trusted lists of a folder, verified once for many documents. */
import { createHash } from 'node:crypto';
import { parseCertificate } from '../../pki/index.ts';
import { stateOfFolder } from '../trusted-lists/list-files.ts';
import type { TrustedListsInput } from '../trusted-lists/lists-folder.ts';
import { TrustedLists } from '../trusted-lists/trusted-lists.ts';

let kept: { readonly state: string; readonly lists: TrustedLists } | undefined;

/** Opened again as soon as a file of the folder is another one. */
export async function trustedListsAt({ folder, pinned }: TrustedListsInput): Promise<TrustedLists> {
  const digests = pinned.map((der) => createHash('sha256').update(der).digest('hex'));
  const state = [folder, ...digests, await stateOfFolder(folder)].join('\n');
  if (kept?.state !== state)
    kept = { state, lists: await TrustedLists.open(folder, pinned.map(parseCertificate)) };
  return kept.lists;
}
