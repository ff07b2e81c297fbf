import { contextBridge, webUtils } from 'electron';
import { BRIDGE, CLERK_GROUPS, type ClerkBridge } from '../contract/ipc/index.ts';
import { bridgeOf } from './bridge.ts';

const documents = bridgeOf(CLERK_GROUPS.documents);
const verification = bridgeOf(CLERK_GROUPS.verification);
const pathsOf = (files: readonly File[]) => ({ paths: files.map((file) => webUtils.getPathForFile(file)) });

const bridge: ClerkBridge = {
  station: bridgeOf(CLERK_GROUPS.station),
  preferences: bridgeOf(CLERK_GROUPS.preferences),
  secrets: bridgeOf(CLERK_GROUPS.secrets),
  placements: bridgeOf(CLERK_GROUPS.placements),
  customers: bridgeOf(CLERK_GROUPS.customers),
  transactions: bridgeOf(CLERK_GROUPS.transactions),
  results: bridgeOf(CLERK_GROUPS.results),
  documents: { ...documents, addDropped: (files) => documents.addDropped(pathsOf(files)) },
  verification: { ...verification, addDropped: (files) => verification.addDropped(pathsOf(files)) },
};

contextBridge.exposeInMainWorld(BRIDGE, bridge);
