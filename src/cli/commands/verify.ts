import { type Command, Option } from 'commander';
import { toOssError } from '../../contract/errors.ts';
import type { Check, VerificationReport } from '../../contract/model/verification.ts';
import { etsiReport } from '../../optimizer/index.ts';
import { documentWork } from '../document-work.ts';
import {
  addPasswordOptions,
  openWithPassword,
  type PasswordOptions,
  readPassword,
} from '../options/password-options.ts';
import { readCertificates } from '../options/trust-options.ts';
import { Terminal } from '../terminal.ts';

const MARKS = { passed: '+', failed: 'X', undecided: '?', none: '-' } as const;
const REPORTS = ['text', 'json', 'etsi'] as const;
type ReportForm = (typeof REPORTS)[number];

interface VerifyOptions extends PasswordOptions {
  anchor: string;
  report: ReportForm;
  json?: boolean;
}

export function addVerifyCommand(program: Command): void {
  addPasswordOptions(
    program
      .command('verify')
      .description(
        'say of each signature in PDF files who, when, what it covers, what was changed since, and whether it holds',
      )
      .argument('<file...>', 'PDF documents')
      .requiredOption('--anchor <file>', 'trusted root certificates, PEM or DER')
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
async function verify(files: string[], options: VerifyOptions, command: Command): Promise<void> {
  const form = options.json === true ? 'json' : options.report;
  if (form === 'etsi' && files.length > 1) command.error('An ETSI report is about one file.');
  const terminal = new Terminal(form === 'json');
  const work = documentWork();
  const anchors = (await readCertificates(options.anchor)).map(({ der }) => der);
  const given = await readPassword(options);
  for (const file of files) {
    try {
      const report = await openWithPassword(terminal, file, given, (access) =>
        work.run('verify', { path: file, anchors, at: new Date(), ...access }),
      );
      if (form === 'etsi') terminal.file(etsiReport(report));
      else terminal.result(inWords(report), report);
      if (report.verdict !== 'valid') process.exitCode = 1;
    } catch (thrown) {
      // There is no ETSI report about a file without a signature: the reason goes to standard error.
      if (form === 'etsi') throw thrown;
      const error = toOssError(thrown);
      terminal.result(`${file}: ${error.message} ${error.action}`, {
        file,
        verdict: 'invalid',
        error: error.code,
      });
      process.exitCode = 1;
    }
  }
}

function inWords({ file, verdict, signatures, documentTimestamps, checks }: VerificationReport): string[] {
  const blocks = signatures.flatMap((signature) => [
    `  ${signature.field}: ${signature.verdict}, signed by ${signature.signer} (issued by ${signature.issuer}), PAdES ${signature.level}`,
    ...signature.checks.map(inLine),
  ]);
  const stamps = documentTimestamps.flatMap((stamp) => [
    `  ${stamp.field}: ${stamp.verdict}, document time stamp of ${stamp.authority}`,
    ...stamp.checks.map(inLine),
  ]);
  return [`${file}: ${verdict}`, ...blocks, ...stamps, ...checks.map(inLine)];
}

const inLine = ({ outcome, sentence }: Check): string => `    ${MARKS[outcome]} ${sentence}`;
