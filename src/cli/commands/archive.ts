import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { type Command, InvalidArgumentError } from 'commander';
import {
  type CareSummary,
  careForArchive,
  type LedgerEntry,
  openLedger,
  proveFiles,
  sourcesFor,
  writeLedger,
} from '../../optimizer/index.ts';
import type { StampDigest } from '../../pki/index.ts';
import { documentWork } from '../document-work.ts';
import { collect, readCertificates, tsaDigestOption } from '../options/trust-options.ts';
import { Terminal } from '../terminal.ts';

interface ProveOptions {
  anchor: string;
  tsa?: string[];
  tsaDigest: StampDigest;
  before: number;
  json?: boolean;
}
interface WatchOptions extends ProveOptions {
  every: number;
  once?: boolean;
  ledger?: string;
}

const DAY = 24 * 60 * 60 * 1000;
const HOUR = DAY / 24;

export function addArchiveCommand(program: Command): void {
  const archive = program
    .command('archive')
    .description('signed files that are kept for decades: when the protection of each ends, and its renewal');
  archive
    .command('watch')
    .description(
      'look after a folder: renew in time (B-LTA, under the same name), and say what cannot be renewed',
    )
    .argument('<dir>', 'the folder; those below it belong to it')
    .requiredOption('--anchor <file>', 'trusted root certificates, PEM or DER')
    .option(
      '--tsa <url>',
      'time-stamp authority; may be repeated, the next is asked where one fails or ends soon',
      collect,
    )
    .addOption(tsaDigestOption())
    .option('--before <days>', 'renew what ends within so many days', atLeastOne, 90)
    .option('--every <hours>', 'look again after so many hours', atLeastOne, 24)
    .option('--once', 'look once, then end: exit code 1 where a file could not be renewed')
    .option(
      '--ledger <file>',
      'write the ledger after each look: a table where the name ends in .csv, else JSON',
    )
    .option('--json', 'one JSON line per file that was due, and one for the look, on standard output')
    .exitOverride()
    .action(watch);
  archive
    .command('prove')
    .description(
      'evidence records (RFC 4998) beside the files of a folder, with one time stamp for all of them',
    )
    .argument('<dir>', 'the folder; those below it belong to it')
    .requiredOption('--anchor <file>', 'trusted root certificates, PEM or DER')
    .option('--tsa <url>', 'time-stamp authority; may be repeated', collect)
    .addOption(tsaDigestOption())
    .option('--before <days>', 'renew records that end within so many days', atLeastOne, 90)
    .option('--json', 'one JSON line per file in trouble, and one for all, on standard output')
    .exitOverride()
    .action(prove);
  archive
    .command('list')
    .description('write the ledger of a folder that is looked after; no file is read')
    .argument('<dir>', 'the folder')
    .argument('<file>', 'a table where the name ends in .csv, else JSON')
    .exitOverride()
    .action(list);
}

function atLeastOne(value: string): number {
  const number = Number(value);
  if (!(number >= 1 && number <= 36_525)) throw new InvalidArgumentError('Give a number from 1 to 36525.');
  return number;
}

async function watch(root: string, options: WatchOptions): Promise<void> {
  const terminal = new Terminal(options.json === true);
  const anchors = await readCertificates(options.anchor);
  const timestampUrls = options.tsa ?? [];
  const sources = sourcesFor(anchors, timestampUrls);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  try {
    for (;;) {
      const summary = await careForArchive(root, {
        ...{ anchors, timestampUrls, sources, timestampDigest: options.tsaDigest, signal: stop.signal },
        documentWork: documentWork(),
        lanes: availableParallelism(),
        margin: options.before * DAY,
        now: () => new Date(),
        onFile: (entry, outcome) => terminal.result(inWords(entry, outcome), { outcome, ...entry }),
        onSetAside: (name) =>
          terminal.warn(`The ledger was damaged: it is made again, and ${name}.damaged was kept.`),
      });
      terminal.result(summaryInWords(summary), summary);
      if (options.ledger !== undefined) await writeOut(root, options.ledger);
      if (options.once && summary.notRenewed > 0) process.exitCode = 1;
      if (options.once || stop.signal.aborted) return;
      await pause(options.every * HOUR, undefined, { signal: stop.signal }).catch(() => undefined);
      if (stop.signal.aborted) return;
    }
  } finally {
    await sources.close();
  }
}

/** Exit code 0 only when every file has a record that lasts. */
async function prove(root: string, options: ProveOptions): Promise<void> {
  const terminal = new Terminal(options.json === true);
  const anchors = await readCertificates(options.anchor);
  const timestampUrls = options.tsa ?? [];
  const sources = sourcesFor(anchors, timestampUrls);
  try {
    const summary = await proveFiles(root, {
      ...{ anchors, timestampUrls, sources, timestampDigest: options.tsaDigest },
      margin: options.before * DAY,
      now: () => new Date(),
      onTrouble: (path, { code, message }) =>
        terminal.result(`${path}: ${message}`, { path, error: code, reason: message }),
    });
    const { proven, renewed, kept, troubles, timestamps } = summary;
    terminal.result(
      `proven ${proven}, renewed ${renewed}, kept ${kept}, in trouble ${troubles}; time stamps: ${timestamps}`,
      summary,
    );
    if (troubles > 0) process.exitCode = 1;
  } finally {
    await sources.close();
  }
}

const list = (root: string, file: string): Promise<void> => writeOut(root, file);

async function writeOut(root: string, file: string): Promise<void> {
  const ledger = await openLedger(root);
  try {
    await writeLedger(file, ledger.entries());
  } finally {
    ledger.close();
  }
}

const inWords = ({ path, until, name, trouble }: LedgerEntry, outcome: 'renewed' | 'notRenewed'): string =>
  outcome === 'renewed'
    ? `${path}: renewed; holds until ${until?.slice(0, 10)} (${name})`
    : `${path}: not renewed; its protection ends on ${until?.slice(0, 10)}: ${trouble}`;

function summaryInWords({ verdicts, renewed, notRenewed, vanished, nextEnd }: CareSummary): string[] {
  const counted = Object.entries(verdicts).map(([verdict, files]) => `${files} ${verdict}`);
  return [
    `${counted.join(', ') || 'no signed file'}; renewed ${renewed}, not renewed ${notRenewed}, gone since the last look ${vanished}`,
    ...(nextEnd === undefined ? [] : [`the next protection ends on ${nextEnd.slice(0, 10)}`]),
  ];
}
