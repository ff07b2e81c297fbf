import { contextBridge } from 'electron';
import { BRIDGE } from '../contract/ipc/bridge-name.ts';
import { SIGNER_GROUPS, type SignerBridge } from '../contract/ipc/index.ts';
import { bridgeOf } from './bridge.ts';

const bridge: SignerBridge = {
  station: bridgeOf(SIGNER_GROUPS.station),
  ceremony: bridgeOf(SIGNER_GROUPS.ceremony),
};

contextBridge.exposeInMainWorld(BRIDGE, bridge);
