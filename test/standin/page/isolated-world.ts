import { decode, encode } from '../wire.ts';
import { isStationPage, WorldBridge } from './world-bridge.ts';

/** The preload's world: `require('electron')` with what a sandboxed preload of ours needs. */
interface Environment {
  readonly secret: string;
  readonly binding: string;
  /** Where dropped files are found by name, for files that a test made in the page; empty: where Chromium has them. */
  readonly dropDirectory: string;
}
declare const STANDIN_ENVIRONMENT: Environment;

type Listener = (event: object, ...values: unknown[]) => void;
type FromMain =
  | { kind: 'answer'; id: number; ok: boolean; value: string }
  | { kind: 'event'; channel: string; values: string };

function createElectron({ secret, binding, dropDirectory }: Environment) {
  let bridge: WorldBridge | undefined;
  const post = (message: object) =>
    (globalThis as unknown as Record<string, (text: string) => void>)[binding]?.(JSON.stringify(message));
  window.addEventListener(
    secret,
    (event) => {
      bridge = new WorldBridge((event as MouseEvent).relatedTarget as Element, 'isolated');
      bridge.on('windowOpen', 'isolated', ({ url }) => post({ kind: 'windowOpen', url }));
    },
    { once: true },
  );
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const listeners = new Map<string, Set<Listener>>();
  let lastId = 0;

  const receive = (text: string) => {
    const message = JSON.parse(text) as FromMain;
    if (message.kind === 'event') {
      const values = decode(message.values) as unknown[];
      for (const listener of listeners.get(message.channel) ?? []) listener({}, ...values);
      return;
    }
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.ok) call?.resolve(decode(message.value));
    else call?.reject(new Error(String(decode(message.value))));
  };
  Object.defineProperty(globalThis, 'standinReceive', { value: receive });
  const dropped: File[] = [];
  Object.defineProperty(globalThis, 'standinFiles', { value: dropped });

  return {
    ipcRenderer: {
      invoke: (channel: string, ...values: unknown[]) =>
        new Promise((resolve, reject) => {
          const id = ++lastId;
          const encoded = encode(values);
          waiting.set(id, { resolve, reject });
          post({ kind: 'invoke', id, channel, values: encoded });
        }),
      on: (channel: string, listener: Listener) => {
        listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
      },
      removeListener: (channel: string, listener: Listener) => {
        listeners.get(channel)?.delete(listener);
      },
    },
    contextBridge: {
      exposeInMainWorld: (name: string, api: unknown) => {
        if (!bridge) throw new Error('stand-in: the page has no main world');
        bridge.send('expose', { name, api: bridge.pack(api) });
      },
    },
    webUtils: {
      // Only Chromium knows the path: the host puts it in the place of this name on the way to the main process.
      getPathForFile: (file: File) =>
        dropDirectory === '' ? `standin-file:${dropped.push(file) - 1}` : `${dropDirectory}/${file.name}`,
    },
  };
}

if (isStationPage()) {
  const electron = createElectron(STANDIN_ENVIRONMENT);
  const require = (id: string) => {
    if (id === 'electron' || id === 'electron/renderer') return electron;
    throw new Error(`module not found: ${id}`);
  };
  const process = {
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    platform: 'linux',
    env: {},
    versions: {},
  };
  Object.defineProperty(globalThis, 'standinPreload', { value: { require, process }, configurable: true });
}
