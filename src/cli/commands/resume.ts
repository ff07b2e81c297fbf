import type { Command } from 'commander';
import { type OssError, toOssError } from '../../contract/errors.ts';
import { FINAL_STATES, type Transaction } from '../../contract/model/transaction.ts';
import { toErrorResponse } from '../../contract/service-api/error-response.ts';
import { assertWritableFolder, isSetAside, type Optimizer } from '../../optimizer/index.ts';
import { type DataRoot, dataRootsIn } from '../data-directory.ts';
import { openApiOptimizer } from '../open-api.ts';
import { addPasswordOptions, type PasswordOptions, readPassword } from '../options/password-options.ts';
import { addServiceOptions, type ServiceOptions } from '../options/service-options.ts';
import { openStation } from '../station.ts';
import { Terminal } from '../terminal.ts';

interface ResumeOptions extends ServiceOptions, PasswordOptions {
  again?: string;
  cancelOpen?: boolean;
  out?: string;
  json?: boolean;
}

/** Opened records: of a station, or of the REST API. */
interface OpenRecords {
  readonly optimizer: Optimizer;
  close(): Promise<void>;
}

export function addResumeCommand(program: Command): void {
  const command = program
    .command('resume')
    .description(
      'after a crash: finish what was being signed, and say of the rest why it stands; exit code 1 where something does',
    )
    .option('--again <transaction>', 'try this one again, although it was set aside after two failures')
    .option('--cancel-open', 'cancel transactions that wait for a person')
    .option('--out <dir>', 'put what is signed into this folder, where its own cannot be used any more')
    .option('--json', 'one JSON line per transaction on standard output');
  addPasswordOptions(addServiceOptions(command)).action(resume);
}

async function resume(options: ResumeOptions): Promise<void> {
  const terminal = new Terminal(options.json === true);
  const password = await readPassword(options);
  if (options.out !== undefined) await assertWritableFolder(options.out);
  let open = 0;
  for (const root of await dataRootsIn(options.data)) {
    try {
      open += await resumeIn(root, options, password, terminal);
    } catch (thrown) {
      // The records of one program do not depend on those of another.
      const error = toOssError(thrown);
      terminal.fail(
        [`${root.directory}: ${error.message} ${error.action} [${error.code}]`],
        toErrorResponse(error),
      );
      process.exitCode = 1;
      open += 1;
    }
  }
  if (open === 0) terminal.say('Nothing is open.');
}

/** @returns how many transactions were open */
async function resumeIn(
  root: DataRoot,
  options: ResumeOptions,
  password: string | undefined,
  terminal: Terminal,
): Promise<number> {
  const { optimizer, close } = await openRecords(root, options);
  try {
    const reasons = new Map<string, OssError>();
    const transactions = await optimizer.resume({
      onProgress: terminal.onProgress,
      onStanding: (id, error) => reasons.set(id, error),
      ...(options.again === undefined ? {} : { again: options.again }),
      ...(options.out === undefined ? {} : { deliverTo: options.out }),
      ...(password === undefined ? {} : { password }),
    });
    for (const open of transactions) {
      const transaction = options.cancelOpen && waitsForPerson(open) ? await optimizer.cancel(open.id) : open;
      report(transaction, reasons.get(open.id), terminal);
    }
    const reported = new Set(transactions.map(({ id }) => id));
    const unreadable = [...reasons].filter(([id]) => !reported.has(id));
    for (const [id, error] of unreadable) reportSetAside(id, error, terminal);
    return transactions.length + unreadable.length;
  } finally {
    await close();
  }
}

async function openRecords(root: DataRoot, options: ResumeOptions): Promise<OpenRecords> {
  const own = { ...options, data: root.home };
  if (root.kind === 'station') return openStation(own, undefined, root.directory);
  return openApiOptimizer({ ...own, sandbox: options.service === undefined }, root.directory);
}

const waitsForPerson = ({ state }: Transaction): boolean =>
  !FINAL_STATES.includes(state) && state !== 'signing' && state !== 'signed';

function report(transaction: Transaction, error: OssError | undefined, terminal: Terminal): void {
  const { id, state, delivered = [], failure, documents } = transaction;
  const names = documents.map(({ name }) => name);
  const setAside = isSetAside(transaction);
  const reason = FINAL_STATES.includes(state) ? undefined : whyStanding(transaction, error);
  const files = (delivered.length > 0 ? delivered : names).join(', ');
  terminal.result(
    `${id}: ${state}${setAside ? ', set aside' : ''} (${files})${reason === undefined ? '' : `: ${reason}`}`,
    {
      transaction: id,
      state,
      documents: names,
      delivered,
      ...(setAside && { setAside }),
      ...(failure === undefined ? {} : { failure: failure.code }),
      ...(reason === undefined ? {} : { reason, ...(error && { code: error.code }) }),
    },
  );
  if (reason !== undefined) process.exitCode = 1;
}

/** Its record cannot be read, or what it leaves could not be written: everything else went on. */
function reportSetAside(id: string, error: OssError, terminal: Terminal): void {
  const reason = `${error.message} ${error.action} [${error.code}]`;
  terminal.result(`${id}: ${reason}`, { transaction: id, reason, code: error.code });
  process.exitCode = 1;
}

/** What keeps it from its end, and what to do. */
function whyStanding(
  { state, otp, registration, failure }: Transaction,
  error: OssError | undefined,
): string {
  if (error) {
    const folder = error.code === 'OSS_FOLDER_UNUSABLE' || error.code === 'OSS_FILE_WRITE_FAILED';
    const hint = folder ? ' Another folder can be given with --out.' : '';
    return `${error.message} ${error.action}${hint} [${error.code}]`;
  }
  const end = registration === undefined ? '' : `; it expires at ${registration.expiresAt}`;
  const giveUp = '--cancel-open gives it up';
  switch (state) {
    case 'otpSent':
      return `it waits for the code with reference ${otp?.reference ?? 'unknown'}${end}; ${giveUp}`;
    case 'signing':
    case 'signed':
      return failure === undefined ? 'it is not finished yet' : `it is not finished yet [${failure.code}]`;
    case 'reviewed':
      return `the signer agreed, and no code has been sent${end}; ${giveUp}`;
    case 'prepared':
      return `the signer has not agreed yet${end}; ${giveUp}`;
    default:
      return `it was not prepared any further${end}; ${giveUp}`;
  }
}
