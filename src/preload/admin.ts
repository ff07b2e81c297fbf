import { contextBridge } from 'electron';
import { BRIDGE } from '../contract/ipc/bridge-name.ts';
import { ADMIN_GROUPS, type AdminBridge } from '../contract/ipc/index.ts';
import { bridgeOf } from './bridge.ts';

const bridge: AdminBridge = {
  station: bridgeOf(ADMIN_GROUPS.station),
  gate: bridgeOf(ADMIN_GROUPS.gate),
  settings: bridgeOf(ADMIN_GROUPS.settings),
  certificates: bridgeOf(ADMIN_GROUPS.certificates),
  trustedLists: bridgeOf(ADMIN_GROUPS.trustedLists),
  audit: bridgeOf(ADMIN_GROUPS.audit),
  health: bridgeOf(ADMIN_GROUPS.health),
};

contextBridge.exposeInMainWorld(BRIDGE, bridge);
