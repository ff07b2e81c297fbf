import { extname, join } from 'node:path';
import { type Command, Option } from 'commander';
import { resourcesDirectory } from '../../base/resources.ts';
import { OssError, toOssError } from '../../contract/errors.ts';
import type { SealedRecord } from '../../contract/model/evidence.ts';
import { LANGUAGES, type Language } from '../../contract/model/language.ts';
import {
  assertWritableFolder,
  EvidenceArchive,
  exportEvidence,
  hashOfRecord,
  matchDocument,
  parseExport,
} from '../../optimizer/index.ts';
import { dataRootsIn } from '../data-directory.ts';
import { documentWork } from '../document-work.ts';
import { readGiven } from '../given-file.ts';
import { indexNotice } from '../index-notice.ts';
import { defaultDataDirectory } from '../options/service-options.ts';
import { Terminal } from '../terminal.ts';

interface EvidenceOptions {
  data: string;
  json?: boolean;
}

interface CheckOptions extends EvidenceOptions {
  logKey?: string;
}

export function addEvidenceCommand(program: Command): void {
  const evidence = program
    .command('evidence')
    .description('what the station can show later about each transaction, whatever became of it');
  evidence
    .command('list')
    .description('list the sealed records, oldest first')
    .addOption(dataOption())
    .option('--json', 'one JSON line per record on standard output')
    .action(list);
  evidence
    .command('export')
    .description('write the records (JSON) and the report (PDF) of transactions and cases into a folder')
    .argument('<id...>', 'ids of transactions or of cases')
    .requiredOption('--out <dir>', 'folder for the files')
    .addOption(new Option('--language <language>', 'language of the report').choices(LANGUAGES).default('en'))
    .addOption(dataOption())
    .option('--json', 'one JSON line per transaction on standard output')
    .action(exportTransactions);
  evidence
    .command('check')
    .description('compute all hashes again: finds any record that was changed, removed or moved')
    .argument('[file...]', 'signed PDF documents and exported records to compare with')
    .addOption(dataOption())
    .option('--log-key <key>', 'the key that proofs of the transparency log must be of (origin+hash+key)')
    .option('--json', 'one JSON line per finding on standard output')
    .action(check);
  for (const command of evidence.commands) command.exitOverride();
}

const dataOption = (): Option =>
  new Option('--data <dir>', 'data of a station, of the REST API, or of both').default(
    defaultDataDirectory(),
  );

/** One chain each: of the station, of the REST API, or of the directory that was named itself. */
async function archivesIn(
  { data }: EvidenceOptions,
  terminal: Terminal,
): Promise<{ directory: string; archive: EvidenceArchive }[]> {
  const roots = await dataRootsIn(data);
  return roots.map(({ directory }) => ({
    directory,
    archive: new EvidenceArchive(directory, indexNotice(directory, terminal)),
  }));
}

type OnUnreadable = (sequence: number) => void;

/** What is found in every chain, one after the other; never less without a word. */
async function foundIn<T>(
  options: EvidenceOptions,
  terminal: Terminal,
  find: (archive: EvidenceArchive, onUnreadable: OnUnreadable) => Promise<T[]>,
): Promise<T[]> {
  const all: T[] = [];
  for (const { directory, archive } of await archivesIn(options, terminal)) {
    const found = await find(archive, (sequence) => {
      terminal.warn(`${directory}: record ${sequence} cannot be read and is left out.`);
      process.exitCode = 1;
    });
    for (const one of found) all.push(one);
    await archive.close();
  }
  return all;
}

async function list(options: EvidenceOptions): Promise<void> {
  const terminal = new Terminal(options.json === true);
  const records = await foundIn(options, terminal, (archive, onUnreadable) =>
    archive.summaries(onUnreadable),
  );
  for (const { sequence, sealedAt, hash, transaction, kind, outcome, ...what } of records) {
    const { signer, documents = [], events = [] } = what;
    const words = kind === 'addendum' ? events.join(', ') : `${outcome}, ${signer}, ${documents.join(', ')}`;
    terminal.result(`${sequence}  ${sealedAt}  ${transaction}  ${words}`, {
      sequence,
      sealedAt,
      hash,
      transaction,
      kind,
      ...(outcome && { outcome }),
    });
  }
  if (records.length === 0) terminal.say('There is no evidence yet.');
}

async function exportTransactions(
  ids: string[],
  options: EvidenceOptions & { out: string; language: Language },
): Promise<void> {
  const terminal = new Terminal(options.json === true);
  const fonts = join(resourcesDirectory(), 'fonts');
  await assertWritableFolder(options.out);
  for (const id of ids) {
    const records = await foundIn(options, terminal, (archive, onUnreadable) =>
      archive.about(id, onUnreadable),
    );
    if (records.length === 0) throw new OssError('OSS_EVIDENCE_NOT_FOUND', { transaction: id });
    const files = await exportEvidence(records, options.out, options.language, fonts);
    terminal.result(files, { transaction: id, files });
  }
}

/** Exit code 0 only when the whole chain holds and every file given is what a record tells of. */
async function check(files: string[], options: CheckOptions): Promise<void> {
  const terminal = new Terminal(options.json === true);
  const archives = await archivesIn(options, terminal);
  for (const { directory, archive } of archives) {
    const { records, faults } = await archive.check(options.logKey);
    const where = archives.length > 1 ? `${directory}: ` : '';
    for (const { sequence, fault } of faults)
      terminal.result(`${where}Record ${sequence}: ${FAULT_WORDS[fault]}`, { directory, sequence, fault });
    if (faults.length === 0)
      terminal.result(`${where}${records} records, each as it was sealed.`, {
        directory,
        records,
        faults: 0,
      });
    else process.exitCode = 1;
  }
  const sealed =
    files.length === 0
      ? []
      : await foundIn(options, terminal, (archive, onUnreadable) => archive.list(onUnreadable));
  for (const file of files) {
    const { match, words } = await judge(file, sealed).catch((thrown: unknown) => {
      const error = toOssError(thrown);
      return { match: error.code, words: `${error.message} ${error.action}` };
    });
    terminal.result(`${file}: ${words}`, { file, match });
    if (match !== 'identical') process.exitCode = 1;
  }
}

const FAULT_WORDS = Object.freeze({
  missing: 'missing',
  unreadable: 'not readable',
  altered: 'changed: its content does not have its hash',
  'out-of-order': 'does not follow the record before it',
  'cut-off': 'is not the end that the chain had',
  'not-in-the-log': 'the transparency log does not prove what it says of it',
  'not-as-journalled': 'is not the one that the journal of its transaction names',
});

const MATCH_WORDS = Object.freeze({
  identical: 'is what the evidence tells of',
  extended: 'carries what was signed, with something added behind it',
  unknown: 'no record tells of it',
});

async function judge(
  file: string,
  sealed: readonly SealedRecord[],
): Promise<{ match: string; words: string }> {
  const match =
    extname(file).toLowerCase() === '.json'
      ? await matchExport(file, sealed)
      : (await matchDocument(file, sealed, process.env.ONESHOT_PDF_PASSWORD, documentWork())).match;
  return { match, words: MATCH_WORDS[match] };
}

async function matchExport(file: string, sealed: readonly SealedRecord[]): Promise<keyof typeof MATCH_WORDS> {
  const text = (await readGiven(file)).toString('utf8');
  const known = new Set(sealed.map(({ hash }) => hash));
  const isOurs = parseExport(text).every(
    ({ record, hash }) => hashOfRecord(record) === hash && known.has(hash),
  );
  return isOurs ? 'identical' : 'unknown';
}
