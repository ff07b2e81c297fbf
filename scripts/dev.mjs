// `npm run dev`: compiles what changes while the station is open. A change of the windows reloads their pages, a
// change of the main process or a preload starts the station again. Further arguments go to Electron (`--inspect`).
// The pages come from the station's own app:// handler under their own policy here too: there is no development
// server that the policy would have to permit.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { resolveConfig } from 'electron-vite';
import { build as viteBuild } from 'vite';
import { markAsDevelopment } from './build.mjs';
import { buildStandIn, chooseHost, runOnStandIn } from './hosts.mjs';
import { ROOT } from './run.mjs';

const ELECTRON = createRequire(import.meta.url).resolve('electron/cli.js');
const RELOADER = join(ROOT, 'scripts', 'dev', 'reload-windows.cjs');
/** Changes come in bursts: a rename is two, and a file may be in more than one bundle. */
const SETTLED_MS = 150;

const { host, sentence } = chooseHost();
console.log(sentence);
if (host === 'none') process.exit(1);
if (host === 'stand-in') {
  if (!(await buildStandIn())) process.exit(1);
  runOnStandIn();
}

process.env.NODE_ENV = 'development';
/** @type {import('node:child_process').ChildProcess | undefined} */
let station;
let isRestarting = false;
/** @type {NodeJS.Timeout | undefined} */
let settling;
let isWhole = false;
let needsRestart = false;

/** Compiles one part and goes on compiling it; answers after the first time. @param {'main' | 'preload' | 'renderer'} part */
async function watch(part) {
  const inline = { root: ROOT, mode: 'development', logLevel: /** @type {const} */ ('warn') };
  const { config } = await resolveConfig(inline, 'build', 'development');
  const options = config?.[part];
  if (!options) throw new Error(`electron.vite.config.ts has no ${part}`);
  const watching = { ...options, build: { ...options.build, minify: false, watch: {} } };
  const watcher = await viteBuild(watching);
  if (!('on' in watcher)) throw new Error(`${part} is not watched`);
  await new Promise((compiled) => {
    watcher.on('event', (event) => {
      if (event.code === 'ERROR') console.log(`${part}: ${event.error.message}`);
      if (event.code !== 'END') return;
      compiled(undefined);
      if (isWhole) changed(part);
    });
  });
}

/** @param {'main' | 'preload' | 'renderer'} part */
function changed(part) {
  needsRestart ||= part !== 'renderer';
  clearTimeout(settling);
  settling = setTimeout(() => {
    console.log(needsRestart ? 'The station starts again.' : 'The windows are reloaded.');
    if (needsRestart) restart();
    else markAsDevelopment();
    needsRestart = false;
  }, SETTLED_MS);
}

function restart() {
  if (isRestarting) return;
  isRestarting = true;
  station?.kill('SIGTERM');
}

function open() {
  station = spawn(process.execPath, [ELECTRON, '-r', RELOADER, ROOT, ...process.argv.slice(2)], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  station.on('close', (code) => {
    if (!isRestarting) process.exit(code ?? 0);
    isRestarting = false;
    open();
  });
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    if (!station) process.exit(1);
    isRestarting = false;
    station.kill('SIGTERM');
  });
}

for (const part of /** @type {const} */ (['main', 'preload', 'renderer'])) await watch(part);
isWhole = true;
markAsDevelopment();
open();
