import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { Connection } from './connection.ts';
import paths from './paths.json' with { type: 'json' };

export function chromiumPath(): string {
  const path = process.env.STANDIN_CHROMIUM ?? paths.find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error('stand-in: no Chromium found; set STANDIN_CHROMIUM to its path');
  return path;
}

export interface ChromiumOptions {
  readonly userData: string;
  readonly headless: boolean;
  readonly debuggingPort: string | undefined;
}

/** A browser that this process may use, until it ends or the process lets go of it. */
export interface Chromium {
  readonly connection: Connection;
  onceEnded(listener: () => void): void;
  letGo(): Promise<void>;
}

/** Parts of a browser that no window of Electron has; the pop-ups of the address bar are pages of their own. */
const NOT_IN_ELECTRON = [
  'Translate',
  'MediaRouter',
  'AutofillServerCommunication',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
];

const QUIET = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--disable-default-apps',
  `--disable-features=${NOT_IN_ELECTRON.join(',')}`,
  '--password-store=basic',
  '--test-type',
];

/** Switches that belong to the profile: the browser and each window opened in it need the same. */
export const profileSwitches = ({ userData, headless }: ChromiumOptions): string[] => [
  ...QUIET,
  `--user-data-dir=${join(userData, 'stand-in-chromium')}`,
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ...(headless ? ['--headless=new', '--hide-scrollbars'] : []),
];

/** Starts the browser without a window, to be driven over a pipe; ends with it. */
export class OwnChromium implements Chromium {
  readonly connection: Connection;
  readonly #process: ChildProcess;

  /** @param onListening  told the address of its debugging port, where it was to have one */
  constructor(options: ChromiumOptions, onListening: (address: string) => void) {
    const port =
      options.debuggingPort === undefined ? [] : [`--remote-debugging-port=${options.debuggingPort}`];
    this.#process = spawn(
      chromiumPath(),
      ['--remote-debugging-pipe', '--no-startup-window', ...port, ...profileSwitches(options)],
      { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
    );
    const [, , errors, output, input] = this.#process.stdio;
    createInterface(errors as Readable).on('line', (line) => {
      const [, address] = /DevTools listening on (\S+)/.exec(line) ?? [];
      if (address !== undefined) onListening(address);
    });
    this.connection = Connection.overPipe(input as Readable, output as Writable);
  }

  onceEnded(listener: () => void): void {
    this.#process.once('exit', listener);
  }

  isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  async letGo(): Promise<void> {
    if (!this.isRunning()) return;
    const ended = new Promise<void>((resolve) => this.#process.once('exit', () => resolve()));
    const deadline = setTimeout(() => this.#process.kill('SIGKILL'), 3000);
    await this.connection.send('Browser.close', {}).catch(() => undefined);
    await ended;
    clearTimeout(deadline);
  }
}
