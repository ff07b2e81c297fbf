import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { BRIDGE } from '../contract/ipc/bridge-name.ts';
import { CLERK_NAMES, type LaterClerkGroups } from '../contract/ipc/clerk-names.ts';
import { channelOf, type GroupBridge } from '../contract/ipc/group.ts';
import type { ClerkBridge } from '../contract/ipc/index.ts';
import { stationIpc } from '../contract/ipc/station.ts';
import { bridgeOf, lateBridgeOf } from './bridge.ts';

let opened: Promise<LaterClerkGroups> | undefined;

/** Schemas, and a station that answers them: behind the first window both come when they are needed. */
function laterGroups(): Promise<LaterClerkGroups> {
  opened ??= ipcRenderer
    .invoke(channelOf(stationIpc, 'opened'))
    .then(async () => (await import('../contract/ipc/index.ts')).CLERK_GROUPS);
  return opened;
}

const later = <G extends keyof LaterClerkGroups>(group: G): GroupBridge<LaterClerkGroups[G]> =>
  lateBridgeOf(CLERK_NAMES[group], async () => (await laterGroups())[group]);

const documents = later('documents');
const verification = later('verification');
const pathsOf = (files: readonly File[]) => ({ paths: files.map((file) => webUtils.getPathForFile(file)) });

const bridge: ClerkBridge = {
  station: bridgeOf(stationIpc),
  preferences: later('preferences'),
  secrets: later('secrets'),
  arrivals: later('arrivals'),
  placements: later('placements'),
  customers: later('customers'),
  drafts: later('drafts'),
  idPictures: later('idPictures'),
  transactions: later('transactions'),
  results: later('results'),
  documents: { ...documents, addDropped: (files) => documents.addDropped(pathsOf(files)) },
  verification: { ...verification, addDropped: (files) => verification.addDropped(pathsOf(files)) },
};

contextBridge.exposeInMainWorld(BRIDGE, bridge);
