/** The trusted lists of a folder, verified once for many documents. */
import { createHash } from 'node:crypto';
import { parseCertificate } from '../../pki/index.ts';
import { stateOfFolder } from '../trusted-lists/list-files.ts';
import { TrustedLists } from '../trusted-lists/trusted-lists.ts';

export interface TrustedListsInput {
  /** The list of lists, its pivots and the national lists, each a file `*.xml` of any name. */
  readonly folder: string;
  /** DER of the certificates of the Official Journal of the European Union. */
  readonly pinned: readonly Uint8Array[];
}

let kept: { readonly state: string; readonly lists: TrustedLists } | undefined;

/** Opened again as soon as a file of the folder is another one. */
export async function trustedListsAt({ folder, pinned }: TrustedListsInput): Promise<TrustedLists> {
  const digests = pinned.map((der) => createHash('sha256').update(der).digest('hex'));
  const state = [folder, ...digests, await stateOfFolder(folder)].join('\n');
  if (kept?.state !== state)
    kept = { state, lists: await TrustedLists.open(folder, pinned.map(parseCertificate)) };
  return kept.lists;
}
