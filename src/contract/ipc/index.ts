import { ceremonyIpc } from './ceremony.ts';
import { documentsIpc } from './documents.ts';
import type { GroupApi, GroupBridge } from './group.ts';
import { preferencesIpc, stationIpc } from './station.ts';
import { transactionsIpc } from './transactions.ts';

/** Everything that the clerk's window can reach. */
export const CLERK_GROUPS = Object.freeze({
  station: stationIpc,
  preferences: preferencesIpc,
  documents: documentsIpc,
  transactions: transactionsIpc,
});
/** Everything that the signer's window can reach. */
export const SIGNER_GROUPS = Object.freeze({ station: stationIpc, ceremony: ceremonyIpc });

export type ClerkGroups = typeof CLERK_GROUPS;
export type SignerGroups = typeof SIGNER_GROUPS;

/**
 * Dropped files cross from the page to the preload as File objects; only the preload learns their paths,
 * so that a page cannot name a file that nobody dropped.
 */
type FilesForPaths<Group> = Omit<Group, 'addDropped'> & {
  readonly addDropped: (
    files: readonly File[],
  ) => Group extends { addDropped: (...argument: never[]) => infer Answer } ? Answer : never;
};

export type ClerkBridge = {
  readonly [G in Exclude<keyof ClerkGroups, 'documents'>]: GroupBridge<ClerkGroups[G]>;
} & { readonly documents: FilesForPaths<GroupBridge<ClerkGroups['documents']>> };
export type SignerBridge = { readonly [G in keyof SignerGroups]: GroupBridge<SignerGroups[G]> };

/** The station as the clerk's screens see it. */
export type ClerkApi = {
  readonly [G in Exclude<keyof ClerkGroups, 'documents'>]: GroupApi<ClerkGroups[G]>;
} & { readonly documents: FilesForPaths<GroupApi<ClerkGroups['documents']>> };
/** The station as the signer's screens see it. */
export type SignerApi = { readonly [G in keyof SignerGroups]: GroupApi<SignerGroups[G]> };

/** The name under which the preload puts its bridge into the window. */
export const BRIDGE = 'station';
