import type { Command } from 'commander';
import { FINAL_STATES } from '../../contract/model/transaction.ts';
import { addServiceOptions, type ServiceOptions } from '../options/service-options.ts';
import { openStation } from '../station.ts';
import { Terminal } from '../terminal.ts';

export function addResumeCommand(program: Command): void {
  const command = program
    .command('resume')
    .description('after a crash: finish what was being signed, and list or cancel what is still open')
    .option('--cancel-open', 'cancel transactions that wait for a person')
    .option('--json', 'one JSON line per transaction on standard output');
  addServiceOptions(command).action(resume);
}

async function resume(options: ServiceOptions & { cancelOpen?: boolean; json?: boolean }): Promise<void> {
  const terminal = new Terminal(options.json === true);
  const station = await openStation(options);
  try {
    const transactions = await station.optimizer.resume({ onProgress: terminal.onProgress });
    for (const open of transactions) {
      const waits = !FINAL_STATES.includes(open.state) && open.state !== 'signing' && open.state !== 'signed';
      const transaction = options.cancelOpen && waits ? await station.optimizer.cancel(open.id) : open;
      const { id, state, delivered = [], failure } = transaction;
      const names = transaction.documents.map(({ name }) => name);
      terminal.result(`${id}: ${state} (${(delivered.length > 0 ? delivered : names).join(', ')})`, {
        transaction: id,
        state,
        documents: names,
        delivered,
        ...(failure === undefined ? {} : { failure: failure.code }),
      });
    }
    if (transactions.length === 0) terminal.say('Nothing is open.');
  } finally {
    await station.close();
  }
}
