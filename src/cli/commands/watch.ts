import { once } from 'node:events';
import { type Command, InvalidArgumentError } from 'commander';
import { RecoverySummary } from '../../optimizer/index.ts';
import { addServiceOptions, type ServiceOptions } from '../options/service-options.ts';
import { openStation } from '../station.ts';
import { Terminal } from '../terminal.ts';
import { FolderWatch } from '../watch/folder-watch.ts';
import { WatchedFolders } from '../watch/folders.ts';
import { Inbox } from '../watch/inbox.ts';
import { Settling } from '../watch/settling.ts';

interface WatchOptions extends ServiceOptions {
  once?: boolean;
  settle: number;
  json?: boolean;
}

/** A file that looks cut off is waited for so much longer. */
const PARTIAL_FACTOR = 30;

export function addWatchCommand(program: Command): void {
  const command = program
    .command('watch')
    .description('sign what is put into a folder: DIR/in, then DIR/done or DIR/failed (see the README)')
    .argument('<dir>', 'the watched folder; `in`, `work`, `done` and `failed` are made in it')
    .option('--once', 'sign what is there, then end: exit code 1 where an order failed or anything was left')
    .option('--settle <seconds>', 'how long a file must not have changed before it is taken', parseSeconds, 1)
    .option('--json', 'one JSON line per order on standard output');
  addServiceOptions(command).action(watch);
}

function parseSeconds(value: string): number {
  const seconds = Number(value);
  if (!(seconds >= 0.1 && seconds <= 3600)) throw new InvalidArgumentError('Give 0.1 to 3600 seconds.');
  return seconds;
}

async function watch(directory: string, options: WatchOptions): Promise<void> {
  const terminal = new Terminal(options.json === true);
  const folders = new WatchedFolders(directory);
  await folders.prepare();
  const stop = new AbortController();
  const stopped = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  void stopped.then(() => stop.abort());
  const station = await openStation(options);
  try {
    const summary = new RecoverySummary();
    const open = await station.optimizer.resume({
      onStanding(id, error) {
        terminal.warn(`${id}: ${error.message} ${error.action} [${error.code}]`);
        summary.noteStanding(id, error);
      },
    });
    if (open.length > 0 || summary.hasSetAside) terminal.warn(summary.line(open));
    const settleMs = options.settle * 1000;
    const settling = new Settling(() => performance.now());
    const inbox = new Inbox(folders, settling, { settleMs, partialMs: settleMs * PARTIAL_FACTOR });
    const watching = new FolderWatch(station, folders, inbox, terminal);
    if (options.once) {
      if (!(await watching.once())) process.exitCode = 1;
      return;
    }
    terminal.say(`Watching ${folders.in}.`);
    await watching.untilStopped(stop.signal);
  } finally {
    await station.close();
  }
}
