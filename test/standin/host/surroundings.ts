import { fork } from 'node:child_process';
import { ListedEmitter, onlyProvided } from './provided.ts';

/** Small modules around the windows: what a test needs to steer them comes from the environment. */
const fromEnvironment = <T>(name: string, otherwise: T): T => {
  const value = process.env[name];
  return value === undefined ? otherwise : (JSON.parse(value) as T);
};

let copied = '';
export const clipboard = onlyProvided('clipboard', {
  clear: () => {
    copied = '';
  },
  readText: () => copied,
  writeText: (text: string) => {
    copied = text;
  },
});

export const shell = onlyProvided('shell', {
  openPath: async (_path: string) => '',
  showItemInFolder: (_path: string) => undefined,
});

export const menu = onlyProvided('Menu', { setApplicationMenu: (_menu: null) => undefined });

export interface Display {
  readonly id: number;
  readonly bounds: { x: number; y: number; width: number; height: number };
}

/** The displays that Chromium sees or, for a test, as many as STANDIN_DISPLAYS says, side by side. */
class Screen extends ListedEmitter {
  #real: readonly Display[] = [];

  constructor() {
    super('screen');
  }

  /** What a visible window has found out; a test that says how many there are has the say. */
  learn(displays: readonly Display[]): void {
    this.#real = displays;
  }

  getAllDisplays(): Display[] {
    if (process.env.STANDIN_DISPLAYS === undefined && this.#real.length > 0) return [...this.#real];
    const size = { y: 0, width: 1280, height: 800 };
    const count = fromEnvironment('STANDIN_DISPLAYS', 1);
    return Array.from({ length: count }, (_, id) => ({ id, bounds: { x: id * size.width, ...size } }));
  }

  getPrimaryDisplay(): Display | undefined {
    return this.getAllDisplays()[0];
  }

  getDisplayMatching({ x = 0 }: { x?: number }): Display | undefined {
    const displays = this.getAllDisplays();
    return displays.find(({ bounds }) => x >= bounds.x && x < bounds.x + bounds.width) ?? displays[0];
  }
}
export const screen = onlyProvided('screen', new Screen());

export const powerMonitor = onlyProvided('powerMonitor', new ListedEmitter('powerMonitor'));

/** A child process of Node; Electron's runs in its own Chromium utility process. */
export const utilityProcess = onlyProvided('utilityProcess', {
  fork: (
    path: string,
    given: string[] = [],
    options: { env?: NodeJS.ProcessEnv; stdio?: 'inherit' | 'ignore' } = {},
  ) => {
    const child = fork(path, given, {
      env: options.env ?? process.env,
      stdio: ['ignore', options.stdio ?? 'inherit', options.stdio ?? 'inherit', 'ipc'],
      // Messages are cloned, as Electron's are.
      serialization: 'advanced',
      execArgv: [],
    });
    return Object.assign(child, { postMessage: (message: object) => child.connected && child.send(message) });
  },
});
