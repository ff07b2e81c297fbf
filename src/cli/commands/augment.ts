import { type Command, Option } from 'commander';
import { toOssError } from '../../contract/errors.ts';
import {
  LONG_TERM_LEVELS,
  type LongTermLevel,
  type SourceAttempt,
} from '../../contract/model/transaction.ts';
import { augmentDocument, sourcesFor } from '../../optimizer/index.ts';
import type { StampDigest } from '../../pki/index.ts';
import { documentWork } from '../document-work.ts';
import {
  addPasswordOptions,
  openWithPassword,
  type PasswordOptions,
  readPassword,
} from '../options/password-options.ts';
import { collect, readCertificates, tsaDigestOption } from '../options/trust-options.ts';
import { Terminal } from '../terminal.ts';

interface AugmentOptions extends PasswordOptions {
  level: LongTermLevel;
  out: string;
  anchor: string;
  tsa?: string[];
  tsaDigest?: StampDigest;
  field?: string[];
  json?: boolean;
}

export function addAugmentCommand(program: Command): void {
  const command = program
    .command('augment')
    .description('raise signatures to a level that lasts for years, no matter who made them, and renew B-LTA')
    .argument('<file...>', 'signed PDF documents')
    .addOption(new Option('--level <level>', 'level to reach').choices(LONG_TERM_LEVELS).default('B-LTA'))
    .requiredOption('--out <dir>', 'folder for the new documents')
    .requiredOption('--anchor <file>', 'trusted root certificates, PEM or DER')
    .option(
      '--tsa <url>',
      'time-stamp authority; may be repeated, the next is asked where one fails',
      collect,
    )
    .addOption(tsaDigestOption())
    .option('--field <name>', 'raise the signature in this field only (may be repeated)', collect)
    .option('--json', 'one JSON line per file on standard output');
  addPasswordOptions(command).action(augment);
}

/** Exit code 0 only when every file reached the level; the others are left as they are. */
async function augment(files: string[], options: AugmentOptions): Promise<void> {
  const terminal = new Terminal(options.json === true);
  const work = documentWork();
  const anchors = await readCertificates(options.anchor);
  const timestampUrls = options.tsa ?? [];
  const sources = sourcesFor(anchors, timestampUrls);
  const given = await readPassword(options);
  try {
    for (const file of files) {
      const attempts: SourceAttempt[] = [];
      try {
        const report = await openWithPassword(terminal, file, given, (access) =>
          augmentDocument(file, {
            level: options.level,
            deliverTo: options.out,
            anchors,
            timestampUrls,
            sources,
            documentWork: work,
            now: () => new Date(),
            onAttempt: (attempt) => attempts.push(attempt),
            ...(options.tsaDigest && { timestampDigest: options.tsaDigest }),
            ...(options.field === undefined ? {} : { fields: options.field }),
            ...access,
          }),
        );
        const { verdict, signatures } = report;
        const levels = signatures.map(({ field, level }) => `${field} ${level}`).join(', ');
        const record = { file, augmented: report.file, verdict, level: options.level, sources: attempts };
        terminal.result(`${report.file}: ${verdict}, ${levels}`, record);
      } catch (thrown) {
        const error = toOssError(thrown);
        const record = { file, error: error.code, reason: error.message, sources: attempts };
        terminal.result(`${file}: ${error.message} ${error.action}`, record);
        process.exitCode = 1;
      }
    }
  } finally {
    await sources.close();
  }
}
