import type { Command } from 'commander';
import { toOssError } from '../../contract/errors.ts';
import type { Check, VerificationReport } from '../../contract/model/verification.ts';
import { verifyFile } from '../../optimizer/index.ts';
import { readAnchors } from '../options/trust-options.ts';
import { Terminal } from '../terminal.ts';

const MARKS = { passed: '+', failed: 'X', undecided: '?', none: '-' } as const;

export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .description('say of each signature in PDF files who, when, what it covers, and whether it holds')
    .argument('<file...>', 'PDF documents')
    .requiredOption('--anchor <pem>', 'trusted root certificates')
    .option('--json', 'one JSON line per file on standard output')
    .action(verify);
}

/** Exit code 0 only when every signature of every file is valid. */
async function verify(files: string[], options: { anchor: string; json?: boolean }): Promise<void> {
  const terminal = new Terminal(options.json === true);
  const anchors = await readAnchors(options.anchor);
  const password = process.env.ONESHOT_PDF_PASSWORD;
  for (const file of files) {
    try {
      const report = await verifyFile(file, {
        anchors,
        at: new Date(),
        ...(password === undefined ? {} : { password }),
      });
      terminal.result(inWords(report), report);
      if (report.verdict !== 'valid') process.exitCode = 1;
    } catch (thrown) {
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

function inWords({ file, verdict, signatures, documentTimestamps }: VerificationReport): string {
  const blocks = signatures.map((signature) =>
    [
      `  ${signature.field}: ${signature.verdict}, signed by ${signature.signer} (issued by ${signature.issuer}), PAdES ${signature.level}`,
      ...signature.checks.map(inLine),
    ].join('\n'),
  );
  const stamps = documentTimestamps.map((stamp) =>
    [
      `  ${stamp.field}: ${stamp.verdict}, document time stamp of ${stamp.authority}`,
      ...stamp.checks.map(inLine),
    ].join('\n'),
  );
  return [`${file}: ${verdict}`, ...blocks, ...stamps].join('\n');
}

const inLine = ({ outcome, sentence }: Check): string => `    ${MARKS[outcome]} ${sentence}`;
