import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { Connection } from './connection.ts';
import paths from './paths.json';

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

/** Starts the browser without a window, to be driven over a pipe. */
export function startChromium(options: ChromiumOptions): { process: ChildProcess; connection: Connection } {
  const port =
    options.debuggingPort === undefined ? [] : [`--remote-debugging-port=${options.debuggingPort}`];
  const child = spawn(
    chromiumPath(),
    ['--remote-debugging-pipe', '--no-startup-window', ...port, ...profileSwitches(options)],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
  );
  child.stderr?.on('data', (data: Buffer) => {
    // Playwright waits for this very line.
    for (const line of data.toString().split('\n')) {
      if (line.includes('DevTools listening')) process.stderr.write(`${line}\n`);
    }
  });
  const [, , , output, input] = child.stdio;
  return { process: child, connection: new Connection(input as Readable, output as Writable) };
}
