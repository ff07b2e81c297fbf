import { readFile, stat, writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { type ErrorCode, OssError, toOssError } from '../../contract/errors.ts';
import type { Qualification, TimestampQualification } from '../../contract/model/trusted-lists.ts';
import {
  type Check,
  type Protection,
  SIGNED_CONTAINERS,
  type VerificationReport,
} from '../../contract/model/verification.ts';
import { etsiReport, RECORD_SUFFIX, verifyDocument } from '../../optimizer/index.ts';
import { drawnInWords } from '../../texts/drawn-differences.ts';
import { qualificationInWords } from '../../texts/qualification.ts';
import { reportTexts } from '../../texts/report.ts';
import { levelInWords } from '../../texts/signature-level.ts';
import { translatorOf } from '../../texts/translator.ts';
import { documentWork } from '../document-work.ts';
import { documentsIn } from '../documents-in.ts';
import {
  addPasswordOptions,
  openWithPassword,
  type PasswordOptions,
  readPassword,
} from '../options/password-options.ts';
import { readCertificates } from '../options/trust-options.ts';
import { Terminal } from '../terminal.ts';
import { tableHead, tableLines } from '../verification-table.ts';

const MARKS = { passed: '+', failed: 'X', undecided: '?', none: '-' } as const;
const REPORTS = ['text', 'json', 'etsi'] as const;
type ReportForm = (typeof REPORTS)[number];

interface VerifyOptions extends PasswordOptions {
  anchor?: string;
  trustedLists?: string;
  lotlCertificates?: string;
  csv?: string;
  report: ReportForm;
  json?: boolean;
}

export function addVerifyCommand(program: Command): void {
  addPasswordOptions(
    program
      .command('verify')
      .description(
        'say of each signature in a file who, when, what it covers, what was changed since, and whether it holds',
      )
      .argument(
        '<file...>',
        'PDF documents, signed messages (.p7m, .p7s), containers (.asice, .asics), or folders with them',
      )
      .option('--csv <file>', 'write a table as well, with a line for each signature')
      .option('--anchor <file>', 'trusted root certificates, PEM or DER')
      .option(
        '--trusted-lists <folder>',
        'trusted lists of the European Union as XML files: list of lists, pivots, national lists',
      )
      .option(
        '--lotl-certificates <file>',
        'certificates of the Official Journal that sign the list of lists, PEM',
      )
      .addOption(
        new Option(
          '--report <form>',
          'words, one JSON line per file, or the XML of ETSI TS 119 102-2 (one file)',
        )
          .choices(REPORTS)
          .default('text'),
      )
      .option('--json', 'the same as --report json'),
  ).action(verify);
}

/** Exit code 0 only when every signature of every file is valid. */
async function verify(given: string[], options: VerifyOptions, command: Command): Promise<void> {
  const files = await documentsIn(given, ['pdf', ...SIGNED_CONTAINERS]);
  const form = options.json === true ? 'json' : options.report;
  if (form === 'etsi' && files.length > 1) command.error('An ETSI report is about one file.');
  const terminal = new Terminal(form === 'json');
  const work = documentWork();
  const trust = await readTrust(options, command);
  const password = await readPassword(options);
  const table: string[] = [tableHead()];
  for (const [index, file] of files.entries()) {
    if (files.length > 1) terminal.say(`${index + 1} of ${files.length}: ${file}`);
    try {
      const record = await recordBeside(file);
      const report = await openWithPassword(terminal, file, password, (access) =>
        verifyDocument(work, { path: file, ...trust, at: new Date(), ...record, ...access }),
      );
      if (form === 'etsi') terminal.file(etsiReport(report));
      else terminal.result(inWords(report), report);
      table.push(tableLines(report));
      if (report.verdict !== 'valid') process.exitCode = 1;
    } catch (thrown) {
      // There is no ETSI report about a file without a signature: the reason goes to standard error.
      if (form === 'etsi') throw thrown;
      const error = toOssError(thrown);
      const verdict = verdictOnUnread(error.code);
      table.push(tableLines({ file, verdict, finding: error.message }));
      terminal.result(`${file}: ${error.message} ${error.action}`, {
        file,
        verdict,
        error: error.code,
      });
      process.exitCode = 1;
    }
  }
  if (options.csv !== undefined) await writeFile(options.csv, table.join(''));
}

/** A record has some kilobytes. */
const MAX_RECORD_BYTES = 1024 * 1024;

/** `contract.pdf.ers` beside `contract.pdf`, as `oneshot archive prove` leaves it. */
async function recordBeside(file: string): Promise<{ evidenceRecord?: Uint8Array }> {
  const path = `${file}${RECORD_SUFFIX}`;
  const size = await stat(path).then(
    (facts) => facts.size,
    () => 0,
  );
  if (size === 0) return {};
  if (size > MAX_RECORD_BYTES) throw new OssError('OSS_REQUEST_INVALID', { file: path, reason: 'too large' });
  return { evidenceRecord: await readFile(path) };
}

/** Anchors, trusted lists, or both. */
async function readTrust({ anchor, trustedLists, lotlCertificates }: VerifyOptions, command: Command) {
  if (anchor === undefined && trustedLists === undefined)
    command.error('Whom to trust is missing: --anchor, or --trusted-lists with --lotl-certificates.');
  if ((trustedLists === undefined) !== (lotlCertificates === undefined))
    command.error('--trusted-lists and --lotl-certificates belong together.');
  const dersIn = async (path: string) => (await readCertificates(path)).map(({ der }) => der);
  return {
    anchors: anchor === undefined ? [] : await dersIn(anchor),
    ...(trustedLists !== undefined &&
      lotlCertificates !== undefined && {
        trustedLists: { folder: trustedLists, pinned: await dersIn(lotlCertificates) },
      }),
  };
}

/** What cannot be opened here is not called invalid: somebody else may be able to judge it. */
const UNDECIDED: readonly ErrorCode[] = [
  'OSS_PDF_ENCRYPTION_UNSUPPORTED',
  'OSS_PDF_PASSWORD_NEEDED',
  'OSS_PDF_LIMIT',
  'OSS_WORK_TIME_LIMIT',
  'OSS_WORK_MEMORY_LIMIT',
];

function verdictOnUnread(code: ErrorCode): 'unsigned' | 'undecided' | 'invalid' {
  if (code === 'OSS_PDF_NO_SIGNATURE') return 'unsigned';
  return UNDECIDED.includes(code) ? 'undecided' : 'invalid';
}

function inWords(report: VerificationReport): string[] {
  const { file, verdict, signatures, documentTimestamps, checks, protection, evidenceRecord } = report;
  const blocks = signatures.flatMap((signature) => [
    `  ${signature.field}: ${signature.verdict}, signed by ${signature.signer} (issued by ${signature.issuer}), ${levelInWords(signature, reportIn('en'))}`,
    ...qualificationLines(signature.qualification),
    ...qualificationLines(signature.timestampQualification),
    ...signature.checks.map(inLine),
    ...(signature.drawn ? drawnInWords(signature.drawn, reportIn('en')).map((line) => `    = ${line}`) : []),
  ]);
  const stamps = documentTimestamps.flatMap((stamp) => [
    `  ${stamp.field}: ${stamp.verdict}, document time stamp of ${stamp.authority}`,
    ...qualificationLines(stamp.qualification),
    ...stamp.checks.map(inLine),
  ]);
  const proven = evidenceRecord ? ['  evidence record:', ...evidenceRecord.checks.map(inLine)] : [];
  const until = protection ? [`  ${protectionInWords(protection)}`] : [];
  return [
    `${file}: ${verdict}`,
    ...containerLines(report),
    ...blocks,
    ...stamps,
    ...checks.map(inLine),
    ...proven,
    ...until,
  ];
}

function containerLines({ container }: VerificationReport): string[] {
  if (!container) return [];
  const kind = reportIn('en')(`verification.containerKind.${container.kind}`);
  return [
    `  ${kind}`,
    ...container.files.map(({ name, bytes, sha256 }) => `  holds ${name}, ${bytes} bytes, SHA-256 ${sha256}`),
  ];
}

const inLine = ({ outcome, sentence }: Check): string => `    ${MARKS[outcome]} ${sentence}`;

const protectionInWords = ({ until, name }: Protection): string => {
  const t = reportIn('en');
  return `${t('verification.protection')} ${t('verification.protectedUntil', { date: until.slice(0, 10), name })}`;
};

const reportIn = translatorOf('report', reportTexts);

/** As the trusted lists have it; nothing where none were given. */
const qualificationLines = (found: Qualification | TimestampQualification | undefined): string[] =>
  found ? qualificationInWords(found, reportIn('en')).map((line) => `    = ${line}`) : [];
