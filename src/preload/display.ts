import { contextBridge } from 'electron';
import { BRIDGE } from '../contract/ipc/bridge-name.ts';
import { DISPLAY_GROUPS, type DisplayBridge } from '../contract/ipc/index.ts';
import { bridgeOf } from './bridge.ts';

const bridge: DisplayBridge = { station: bridgeOf(DISPLAY_GROUPS.station) };

contextBridge.exposeInMainWorld(BRIDGE, bridge);
