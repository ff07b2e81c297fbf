import type { Command } from 'commander';
import { failingCallbacks } from '../../optimizer-api/index.ts';
import { dataRootsIn } from '../data-directory.ts';
import { defaultDataDirectory } from '../options/service-options.ts';
import { Terminal } from '../terminal.ts';

interface CallbacksOptions {
  readonly data: string;
  readonly json?: boolean;
}

export function addCallbacksCommand(program: Command): void {
  program
    .command('callbacks')
    .description('callbacks that failed: those that are tried again, and those that were given up')
    .option('--data <dir>', 'data directory', defaultDataDirectory())
    .option('--json', 'one JSON line per callback on standard output')
    .action(listFailing);
}

/** Exit code 1 where one was given up. */
async function listFailing(options: CallbacksOptions): Promise<void> {
  const terminal = new Terminal(options.json === true);
  let [tried, lost] = [0, 0];
  for (const { kind, directory } of await dataRootsIn(options.data)) {
    if (kind !== 'optimizer') continue;
    const { waiting, givenUp } = await failingCallbacks(directory);
    for (const { pk, attempts, failure = 'unknown', nextAttemptAt } of waiting) {
      const next = new Date(nextAttemptAt).toISOString();
      const words = `request ${pk}: failed ${attempts} times (${failure}), tried again at ${next}`;
      terminal.result(words, { request: pk, attempts, failure, next });
    }
    for (const { pk, attempts, failure, at } of givenUp) {
      const since = new Date(at).toISOString();
      const words = `request ${pk}: given up at ${since} after ${attempts} attempts (${failure})`;
      terminal.result(words, { request: pk, attempts, failure, givenUp: since });
    }
    tried += waiting.length;
    lost += givenUp.length;
  }
  if (tried + lost === 0) terminal.say('No callback has failed.');
  if (lost > 0) process.exitCode = 1;
}
