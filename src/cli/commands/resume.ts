import type { Command } from 'commander';
import { FINAL_STATES } from '../../contract/model/transaction.ts';
import { isSetAside } from '../../optimizer/index.ts';
import { addServiceOptions, type ServiceOptions } from '../options/service-options.ts';
import { openStation } from '../station.ts';
import { Terminal } from '../terminal.ts';

export function addResumeCommand(program: Command): void {
  const command = program
    .command('resume')
    .description('after a crash: finish what was being signed, and list or cancel what is still open')
    .option('--again <transaction>', 'try this one again, although it was set aside after two failures')
    .option('--cancel-open', 'cancel transactions that wait for a person')
    .option('--json', 'one JSON line per transaction on standard output');
  addServiceOptions(command).action(resume);
}

interface ResumeOptions extends ServiceOptions {
  again?: string;
  cancelOpen?: boolean;
  json?: boolean;
}

async function resume(options: ResumeOptions): Promise<void> {
  const terminal = new Terminal(options.json === true);
  const station = await openStation(options);
  try {
    const transactions = await station.optimizer.resume({
      onProgress: terminal.onProgress,
      onFailure: (id, error) => terminal.say(`${id}: ${error.message} ${error.action} [${error.code}]`),
      ...(options.again === undefined ? {} : { again: options.again }),
    });
    for (const open of transactions) {
      const waits = !FINAL_STATES.includes(open.state) && open.state !== 'signing' && open.state !== 'signed';
      const transaction = options.cancelOpen && waits ? await station.optimizer.cancel(open.id) : open;
      const { id, state, delivered = [], failure } = transaction;
      const names = transaction.documents.map(({ name }) => name);
      terminal.result(
        `${id}: ${state}${isSetAside(transaction) ? ', set aside' : ''} (${(delivered.length > 0 ? delivered : names).join(', ')})`,
        {
          transaction: id,
          state,
          documents: names,
          delivered,
          ...(isSetAside(transaction) && { setAside: true }),
          ...(failure === undefined ? {} : { failure: failure.code }),
        },
      );
    }
    if (transactions.length === 0) terminal.say('Nothing is open.');
  } finally {
    await station.close();
  }
}
