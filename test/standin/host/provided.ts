import { EventEmitter } from 'node:events';

/**
 * Everything of Electron's main-process API that the stand-in provides. Whatever is not listed here
 * throws when it is touched, so that a pass on the stand-in never rests on something it ignored.
 * `check-usage.test.ts` holds the sources of the station against the same list.
 */
export const PROVIDED = {
  app: [
    'commandLine',
    'emit',
    'enableSandbox',
    'exit',
    'getAppPath',
    'getLocale',
    'getName',
    'getPath',
    'getVersion',
    'isPackaged',
    'isReady',
    'name',
    'on',
    'once',
    'off',
    'removeListener',
    'quit',
    'requestSingleInstanceLock',
    'resolveProxy',
    'setPath',
    'whenReady',
  ],
  BrowserWindow: [
    'id',
    'close',
    'destroy',
    'emit',
    'focus',
    'isDestroyed',
    'isMinimized',
    'isVisible',
    'loadURL',
    'on',
    'once',
    'off',
    'removeListener',
    'removeMenu',
    'restore',
    'setAlwaysOnTop',
    'setContentProtection',
    'setKiosk',
    'show',
    'webContents',
    'getBounds',
    'getTitle',
  ],
  webContents: [
    'id',
    'capturePage',
    'emit',
    'executeJavaScript',
    'forcefullyCrashRenderer',
    'getPrintersAsync',
    'getURL',
    'isDestroyed',
    'mainFrame',
    'on',
    'once',
    'off',
    'print',
    'removeListener',
    'send',
    'session',
    'setWindowOpenHandler',
  ],
  session: [
    'defaultSession',
    'fromPartition',
    'clearStorageData',
    'on',
    'protocol',
    'setDevicePermissionHandler',
    'setPermissionCheckHandler',
    'setPermissionRequestHandler',
    'webRequest',
  ],
  clipboard: ['clear', 'readText', 'writeText'],
  dialog: ['showErrorBox', 'showOpenDialog', 'showSaveDialog'],
  ipcMain: ['handle', 'on', 'removeAllListeners', 'removeHandler'],
  Menu: ['setApplicationMenu'],
  powerMonitor: ['emit', 'on'],
  protocol: ['handle', 'registerSchemesAsPrivileged'],
  screen: ['emit', 'getAllDisplays', 'getDisplayMatching', 'getPrimaryDisplay', 'on'],
  shell: ['openPath', 'showItemInFolder'],
  utilityProcess: ['fork', 'kill', 'on', 'once', 'pid', 'postMessage'],
  webRequest: ['onBeforeRequest'],
} as const satisfies Record<string, readonly string[]>;

/** What a preload gets of `electron`. */
export const PROVIDED_TO_PRELOADS = {
  contextBridge: ['exposeInMainWorld'],
  ipcRenderer: ['invoke', 'on', 'removeListener'],
  webUtils: ['getPathForFile'],
} as const satisfies Record<string, readonly string[]>;

/** Events that something here emits, or that Electron emits for behaviour that the stand-in rules out. */
export const EVENTS = {
  app: [
    'activate',
    'before-quit',
    // Come from a test only: Finder hands over by them what other systems put into the command line.
    'open-file',
    'open-url',
    'quit',
    'ready',
    'second-instance',
    'web-contents-created',
    'browser-window-created',
    'will-quit',
    'window-all-closed',
  ],
  /** `unresponsive` comes from a test only: the stand-in does not watch whether a page still answers. */
  BrowserWindow: ['close', 'closed', 'ready-to-show', 'unresponsive'],
  webContents: [
    'did-finish-load',
    'did-navigate',
    'dom-ready',
    'render-process-gone',
    'will-attach-webview',
    'will-navigate',
    'will-redirect',
  ],
  session: ['will-download'],
  /** Comes from a test only: the stand-in does not watch the lock of the machine. */
  powerMonitor: ['lock-screen'],
  screen: ['display-added', 'display-removed'],
} as const satisfies Record<string, readonly string[]>;

/** Asked of any object by promises, formatting and module loaders; absent in Electron too. */
const ABSENT = new Set(['then', 'toJSON', '__esModule', 'domain', 'default', 'nodeType', '$$typeof']);

const notProvided = (what: string) => new Error(`electron.${what} is not provided by the stand-in`);

/** Lets through what the object has and throws for the rest. */
export function onlyProvided<T extends object>(name: string, object: T): T {
  return new Proxy(object, {
    get(target, property) {
      if (typeof property === 'symbol' || property in target) {
        const value: unknown = Reflect.get(target, property, target);
        // A method is bound, because a private field is not reachable through the proxy; a class is not.
        return typeof value === 'function' && value.prototype === undefined ? value.bind(target) : value;
      }
      if (ABSENT.has(property) || property.startsWith('_')) return undefined;
      throw notProvided(`${name}.${property}`);
    },
  });
}

/** An emitter that refuses listeners for events which would never come. */
export class ListedEmitter extends EventEmitter {
  readonly #name: keyof typeof EVENTS;

  constructor(name: keyof typeof EVENTS) {
    super();
    this.#name = name;
  }

  override on(event: string, listener: (...values: never[]) => void): this {
    const known: readonly string[] = EVENTS[this.#name];
    if (!known.includes(event)) throw notProvided(`${this.#name} event '${event}'`);
    return super.on(event, listener as (...values: unknown[]) => void);
  }
}

/** An event whose listeners may stop what it announces. */
export function preventable(fields: object = {}): { prevented: boolean; preventDefault(): void } {
  const event = {
    ...fields,
    prevented: false,
    preventDefault() {
      event.prevented = true;
    },
  };
  return event;
}
