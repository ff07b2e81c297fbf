import { contextBridge, webUtils } from 'electron';
import { BRIDGE, CLERK_GROUPS, type ClerkBridge } from '../contract/ipc/index.ts';
import { bridgeOf } from './bridge.ts';

const documents = bridgeOf(CLERK_GROUPS.documents);

const bridge: ClerkBridge = {
  station: bridgeOf(CLERK_GROUPS.station),
  preferences: bridgeOf(CLERK_GROUPS.preferences),
  transactions: bridgeOf(CLERK_GROUPS.transactions),
  documents: {
    ...documents,
    addDropped: (files) =>
      documents.addDropped({ paths: files.map((file) => webUtils.getPathForFile(file)) }),
  },
};

contextBridge.exposeInMainWorld(BRIDGE, bridge);
