// On what the station can run here: Electron, the stand-in over an installed Chromium, or nothing with a window.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run, runPackage } from './run.mjs';

/** Folder that `electron` takes its binary from when it is told to. */
const STAND_IN = join(ROOT, 'test', 'standin', 'binary');

/** Where an installed Chromium may be: the list of the stand-in itself. @type {string[]} */
const CHROMIUM_PATHS = JSON.parse(
  readFileSync(join(ROOT, 'test', 'standin', 'chromium', 'paths.json'), 'utf8'),
);

/** @returns {string | undefined} */
export const findChromium = () =>
  process.env.STANDIN_CHROMIUM ?? CHROMIUM_PATHS.find((path) => existsSync(path));

/** The package fetches its binary when it is first asked for; without a network that fails at once. */
const canHaveElectron = () =>
  spawnSync(process.execPath, ['-e', "process.exit(require('electron') ? 0 : 1)"], {
    cwd: ROOT,
    stdio: 'ignore',
  }).status === 0;

const hasDisplay = () =>
  process.platform !== 'linux' ||
  process.env.STANDIN_HEADLESS === '1' ||
  Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);

/**
 * @typedef {'electron' | 'stand-in' | 'none'} Host
 * @returns {{ host: Host, sentence: string }} the best host for a person, and why in one sentence
 */
export function chooseHost() {
  if (!hasDisplay()) {
    return { host: 'none', sentence: 'There is no display here, so the main job runs without windows.' };
  }
  if (canHaveElectron()) return { host: 'electron', sentence: 'The station opens in Electron.' };
  if (findChromium()) {
    return {
      host: 'stand-in',
      sentence:
        'The Electron binary cannot be obtained here, so the station opens in the installed Chromium, as a trial.',
    };
  }
  return {
    host: 'none',
    sentence:
      'There is neither an Electron binary nor a Chromium here, so the main job runs without windows.',
  };
}

/** @returns {Promise<boolean>} whether it succeeded */
export const buildStandIn = async () =>
  (await run(process.execPath, [join(ROOT, 'test', 'standin', 'build.mjs')])) === 0;

/** Makes the `electron` package run the stand-in. */
export function runOnStandIn() {
  process.env.ELECTRON_OVERRIDE_DIST_PATH = STAND_IN;
}

/**
 * Opens the compiled station and waits until it is closed.
 * @param {'electron' | 'stand-in'} host
 * @returns {Promise<number>} exit code
 */
export async function openStation(host) {
  if (host === 'stand-in') {
    if (!(await buildStandIn())) return 1;
    runOnStandIn();
  }
  return runPackage({ package: 'electron', bin: 'electron', args: [ROOT] });
}
