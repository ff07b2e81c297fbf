import { auditIpc } from './admin/audit.ts';
import { certificatesIpc } from './admin/certificates.ts';
import { gateIpc } from './admin/gate.ts';
import { healthIpc } from './admin/health.ts';
import { settingsIpc } from './admin/settings.ts';
import { trustedListsIpc } from './admin/trusted-lists.ts';
import { arrivalsIpc } from './arrivals.ts';
import { casesIpc } from './cases.ts';
import { ceremonyIpc } from './ceremony.ts';
import { customersIpc } from './customers.ts';
import { documentsIpc } from './documents.ts';
import { draftsIpc } from './drafts.ts';
import type { GroupApi, GroupBridge } from './group.ts';
import { idPicturesIpc } from './id-pictures.ts';
import { placementsIpc } from './placements.ts';
import { resultsIpc } from './results.ts';
import { preferencesIpc, secretsIpc, stationIpc } from './station.ts';
import { transactionsIpc } from './transactions.ts';
import { verificationIpc } from './verification.ts';

/** Everything that the clerk's window can reach. */
export const CLERK_GROUPS = Object.freeze({
  station: stationIpc,
  preferences: preferencesIpc,
  secrets: secretsIpc,
  documents: documentsIpc,
  arrivals: arrivalsIpc,
  placements: placementsIpc,
  customers: customersIpc,
  drafts: draftsIpc,
  idPictures: idPicturesIpc,
  transactions: transactionsIpc,
  cases: casesIpc,
  results: resultsIpc,
  verification: verificationIpc,
});
/** Everything that the signer's window can reach. */
export const SIGNER_GROUPS = Object.freeze({ station: stationIpc, ceremony: ceremonyIpc });
/** Everything that the administrator's window can reach; all but `station` and `gate` behind the password. */
export const ADMIN_GROUPS = Object.freeze({
  station: stationIpc,
  gate: gateIpc,
  settings: settingsIpc,
  certificates: certificatesIpc,
  trustedLists: trustedListsIpc,
  audit: auditIpc,
  health: healthIpc,
});

/** Everything that a display without a signer can reach. */
export const DISPLAY_GROUPS = Object.freeze({ station: stationIpc });
export type DisplayGroups = typeof DISPLAY_GROUPS;

export type ClerkGroups = typeof CLERK_GROUPS;
export type SignerGroups = typeof SIGNER_GROUPS;
export type AdminGroups = typeof ADMIN_GROUPS;

/**
 * Dropped files cross from the page to the preload as File objects; only the preload learns their paths,
 * so that a page cannot name a file that nobody dropped.
 */
type FilesForPaths<Group> = Omit<Group, 'addDropped'> & {
  readonly addDropped: (
    files: readonly File[],
  ) => Group extends { addDropped: (...argument: never[]) => infer Response } ? Response : never;
};

type DropGroup = 'documents' | 'verification';

export type ClerkBridge = {
  readonly [G in Exclude<keyof ClerkGroups, DropGroup>]: GroupBridge<ClerkGroups[G]>;
} & { readonly [G in DropGroup]: FilesForPaths<GroupBridge<ClerkGroups[G]>> };
export type AdminBridge = { readonly [G in keyof AdminGroups]: GroupBridge<AdminGroups[G]> };
export type DisplayBridge = { readonly [G in keyof DisplayGroups]: GroupBridge<DisplayGroups[G]> };
export type SignerBridge = { readonly [G in keyof SignerGroups]: GroupBridge<SignerGroups[G]> };

/** The station as the clerk's screens see it. */
export type ClerkApi = {
  readonly [G in Exclude<keyof ClerkGroups, DropGroup>]: GroupApi<ClerkGroups[G]>;
} & { readonly [G in DropGroup]: FilesForPaths<GroupApi<ClerkGroups[G]>> };
/** The station as a display without a signer sees it. */
export type DisplayApi = { readonly [G in keyof DisplayGroups]: GroupApi<DisplayGroups[G]> };
/** The station as the signer's screens see it. */
export type SignerApi = { readonly [G in keyof SignerGroups]: GroupApi<SignerGroups[G]> };

/** The station as the administrator's screens see it. */
export type AdminApi = { readonly [G in keyof AdminGroups]: GroupApi<AdminGroups[G]> };
