import { once } from 'node:events';
import { watch as watchFiles } from 'chokidar';
import type { Command } from 'commander';
import { toOssError } from '../../contract/errors.ts';
import { addServiceOptions, type ServiceOptions } from '../options/service-options.ts';
import { openStation, type Station } from '../station.ts';
import { Terminal } from '../terminal.ts';
import { carryOut, type Outcome } from '../watch/carry-out.ts';
import { WatchedFolders } from '../watch/folders.ts';

interface WatchOptions extends ServiceOptions {
  once?: boolean;
  json?: boolean;
}

/** Files that are still being written are left alone for so long after their last change. */
const SETTLED_MS = 300;
/** Orders that failed for want of a service are tried again so often. */
const RETRY_MS = 30_000;

const ORDERS_AT_ONCE = 4;

export function addWatchCommand(program: Command): void {
  const command = program
    .command('watch')
    .description('sign what is put into a folder: DIR/in, then DIR/done or DIR/failed (see the README)')
    .argument('<dir>', 'the watched folder; `in`, `work`, `done` and `failed` are made in it')
    .option('--once', 'sign what is there, then end: exit code 1 where an order failed')
    .option('--json', 'one JSON line per order on standard output');
  addServiceOptions(command).action(watch);
}

async function watch(directory: string, options: WatchOptions): Promise<void> {
  const terminal = new Terminal(options.json === true);
  const folders = new WatchedFolders(directory);
  await folders.prepare();
  const station = await openStation(options);
  try {
    await station.optimizer.resume({
      onFailure: (id, error) => terminal.say(`${id}: ${error.message} ${error.action} [${error.code}]`),
    });
    if (options.once) {
      const failed = await pass(station, folders, terminal);
      if (failed > 0) process.exitCode = 1;
      return;
    }
    await watchUntilStopped(station, folders, terminal);
  } finally {
    await station.close();
  }
}

async function watchUntilStopped(
  station: Station,
  folders: WatchedFolders,
  terminal: Terminal,
): Promise<void> {
  const stopped = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  let running: Promise<unknown> = Promise.resolve();
  let isQueued = false;
  const look = (): void => {
    if (isQueued) return;
    isQueued = true;
    running = running.then(() => {
      isQueued = false;
      return pass(station, folders, terminal);
    });
  };
  const watcher = watchFiles(folders.in, { awaitWriteFinish: { stabilityThreshold: SETTLED_MS }, depth: 0 });
  watcher.on('add', look).on('change', look);
  const timer = setInterval(look, RETRY_MS);
  look();
  terminal.say(`Watching ${folders.in}.`);
  await stopped;
  clearInterval(timer);
  await watcher.close();
  await running;
}

/** Everything that can go on now. @returns how many orders failed */
async function pass(station: Station, folders: WatchedFolders, terminal: Terminal): Promise<number> {
  let failed = 0;
  for (const name of await folders.arrived()) await folders.take(name);
  const names = (await folders.begun()).values();
  const line = async (): Promise<void> => {
    for (const name of names) {
      try {
        const outcome = await carryOut(station, folders, name);
        if (outcome.outcome === 'failed') failed++;
        report(outcome, terminal);
      } catch (thrown) {
        const error = toOssError(thrown);
        failed++;
        terminal.say(`${name}: ${error.message} ${error.action} [${error.code}]`);
      }
    }
  };
  // Beside each other, so that no order waits for one that takes long.
  await Promise.all(Array.from({ length: ORDERS_AT_ONCE }, line));
  return failed;
}

function report(outcome: Outcome, terminal: Terminal): void {
  const { name } = outcome;
  const words =
    outcome.outcome === 'waiting'
      ? `${name}: waits for its code (reference ${outcome.reference})`
      : `${name}: ${outcome.outcome}, ${outcome.folder}`;
  terminal.result(words, outcome);
}
