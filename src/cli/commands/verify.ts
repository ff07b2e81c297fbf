import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { OssError, toOssError } from '../../contract/errors.ts';
import type { VerificationReport } from '../../contract/model/verification.ts';
import { verifyFile } from '../../optimizer/index.ts';
import { certificatesFromPem } from '../../pki/index.ts';
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
  const pem = await readFile(options.anchor, 'utf8').catch((cause: unknown) => {
    throw new OssError('OSS_FILE_NOT_FOUND', { file: options.anchor }, { cause });
  });
  const anchors = certificatesFromPem(pem);
  if (anchors.length === 0) throw new OssError('OSS_ANCHOR_NEEDED', { file: options.anchor });
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

function inWords({ file, verdict, signatures }: VerificationReport): string {
  const blocks = signatures.map((signature) =>
    [
      `  ${signature.field}: ${signature.verdict}, signed by ${signature.signer} (issued by ${signature.issuer}), PAdES ${signature.level}`,
      ...signature.checks.map(({ outcome, sentence }) => `    ${MARKS[outcome]} ${sentence}`),
    ].join('\n'),
  );
  return [`${file}: ${verdict}`, ...blocks].join('\n');
}
