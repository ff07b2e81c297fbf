import { type Command, InvalidArgumentError } from 'commander';
import { OssError } from '../../contract/errors.ts';
import { type CaseRecord, possibleSigners, signerState } from '../../contract/model/case.ts';
import { assertWritableFolder } from '../../optimizer/index.ts';
import { readCaseFile } from '../case/case-file.ts';
import { reportCase, signAs, signCase } from '../case/sign-case.ts';
import { codeSourceOf } from '../code-source.ts';
import { addPasswordOptions, type PasswordOptions, readPassword } from '../options/password-options.ts';
import { addServiceOptions, type ServiceOptions } from '../options/service-options.ts';
import { collect } from '../options/trust-options.ts';
import { type CommandStation, openStation } from '../station.ts';
import { Terminal } from '../terminal.ts';

interface CaseOptions extends ServiceOptions, PasswordOptions {
  otp?: string;
  json?: boolean;
}

interface ContinueOptions extends CaseOptions {
  signer?: number;
  refuse?: string[];
  decline?: boolean;
}

const OTP = [
  '--otp <code|sandbox>',
  'the code, or `sandbox` to read the simulated SMS; without it you are asked',
] as const;

/** A number of people or of a signer, counted from 1. */
export function positive(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('A number from 1 on.');
  return number;
}

export function addCaseCommand(program: Command): void {
  const command = program
    .command('case')
    .description('several people sign the same documents, one after the other, today or tomorrow');
  const sign = command
    .command('sign')
    .description('begin a case that a file describes, and let its signers sign')
    .argument('<file>', 'the case as JSON: documents, signers, order, certification')
    .requiredOption('--out <dir>', 'folder for the signed documents')
    .option(...OTP)
    .option('--pause-after <signers>', 'stop after so many; `oneshot case continue` goes on', positive);
  const list = command.command('list').description('the cases that are there, and who has signed');
  const next = command
    .command('continue')
    .description('let those sign who have not yet; after the last one the case ends')
    .argument('<case>', 'id of the case')
    .option('--signer <number>', 'only this one, also where they declined before', positive)
    .option('--refuse <name>', 'with --signer: a document that they do not sign (may be repeated)', collect)
    .option('--decline', 'with --signer: they sign nothing')
    .option(...OTP);
  const close = command
    .command('close')
    .description('nobody signs any more: deliver what was signed, and seal the evidence')
    .argument('<case>', 'id of the case');
  for (const each of [sign, list, next, close]) {
    each.option('--json', 'JSON lines on standard output').exitOverride();
    addPasswordOptions(addServiceOptions(each));
  }
  sign.action(signFile);
  list.action((options: CaseOptions) => withStation(options, listCases));
  next.action(continueCase);
  close.action((id: string, options: CaseOptions) =>
    withStation(options, async (station, terminal) => {
      await reportCase(station, terminal, await station.optimizer.cases.close(id));
    }),
  );
}

/** What a killed process left is finished before anything else. */
async function withStation(
  options: CaseOptions,
  work: (station: CommandStation, terminal: Terminal) => Promise<void>,
): Promise<void> {
  const terminal = new Terminal(options.json === true);
  const station = await openStation(options);
  try {
    await station.optimizer.resume({
      onStanding: (id, error) => terminal.warn(`${id}: ${error.message} ${error.action} [${error.code}]`),
    });
    await work(station, terminal);
  } finally {
    await station.close();
  }
}

async function signFile(
  path: string,
  options: CaseOptions & { out: string; pauseAfter?: number },
): Promise<void> {
  await assertWritableFolder(options.out);
  const read = await readCaseFile(path);
  await withStation(options, async (station, terminal) => {
    const registrationAuthority = read.registrationAuthority ?? station.registrationAuthority;
    if (registrationAuthority === undefined)
      throw new OssError('OSS_REQUEST_INVALID', { reason: 'registrationAuthority is missing' });
    const { id } = await station.optimizer.cases.create({
      ...read,
      signers: await read.signers((seal) => station.optimizer.sealSigner(seal)),
      profile: read.profile ?? station.info.profiles[0]?.id ?? '',
      registrationAuthority,
      deliverTo: options.out,
    });
    const record = await signCase(station, terminal, id, codeSourceOf(options.otp, station, terminal), {
      ...(await passwordOf(options)),
      ...(options.pauseAfter === undefined ? {} : { pauseAfter: options.pauseAfter }),
    });
    await reportCase(station, terminal, record);
  });
}

async function continueCase(id: string, options: ContinueOptions): Promise<void> {
  const { signer, refuse, decline } = options;
  if (signer === undefined && (refuse !== undefined || decline))
    throw new OssError('OSS_REQUEST_INVALID', { reason: 'say with --signer who does not sign' });
  await withStation(options, async (station, terminal) => {
    const { cases } = station.optimizer;
    const record = await giveUpOpen(station, await cases.get(id));
    const codeSource = codeSourceOf(options.otp, station, terminal);
    const run = await passwordOf(options);
    if (signer === undefined) {
      await reportCase(station, terminal, await signCase(station, terminal, id, codeSource, run));
      return;
    }
    if (!possibleSigners(record).includes(signer - 1)) throw new OssError('OSS_CASE_STATE', { signer });
    await signAs(station, terminal, { record, signer: signer - 1 }, codeSource, {
      ...run,
      ...(decline && { declines: true }),
      ...(refuse && { refused: refuse }),
    });
    await reportCase(station, terminal, await cases.get(id));
  });
}

/** A transaction that still waits for its signer is begun again: its documents may be protected, its code is old. */
async function giveUpOpen({ optimizer }: CommandStation, record: CaseRecord): Promise<CaseRecord> {
  const open = record.signers.find((one) => signerState(one) === 'signing')?.attempts.at(-1);
  if (!open) return record;
  const { state } = await optimizer.get(open.transaction);
  if (state === 'signing' || state === 'signed') throw new OssError('OSS_CASE_STATE', { state });
  await optimizer.cancel(open.transaction);
  return optimizer.cases.get(record.id);
}

async function listCases(station: CommandStation, terminal: Terminal): Promise<void> {
  const records = await station.optimizer.cases.list();
  if (records.length === 0) terminal.say('There is no case.');
  for (const record of records) await reportCase(station, terminal, record);
}

async function passwordOf(options: PasswordOptions): Promise<{ password?: string }> {
  const password = await readPassword(options);
  return password === undefined ? {} : { password };
}
