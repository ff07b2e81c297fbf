import { type Command, Option } from 'commander';
import { OssError } from '../../contract/errors.ts';
import { type SignatureLevel, signatureLevelSchema } from '../../contract/model/signature-level.ts';
import type { SignatureOptions } from '../../contract/model/transaction.ts';
import type { VerificationReport } from '../../contract/model/verification.ts';
import { assertWritableFolder, type NewDocument } from '../../optimizer/index.ts';
import { documentWork } from '../document-work.ts';
import { writeGiven } from '../given-file.ts';
import {
  type AppearanceOptions,
  addAppearanceOptions,
  readSignatureOptions,
} from '../options/appearance-options.ts';
import { addIdentityOptions, type IdentityOptions, readIdentity } from '../options/identity-options.ts';
import {
  addPasswordOptions,
  openWithPassword,
  type PasswordOptions,
  readPassword,
} from '../options/password-options.ts';
import { addServiceOptions, type ServiceOptions } from '../options/service-options.ts';
import { codeFromOutbox } from '../sandbox-code.ts';
import { type CodeSource, type SignedTransaction, signDocuments } from '../sign-documents.ts';
import { type CommandStation, openStation } from '../station.ts';
import { Terminal } from '../terminal.ts';

interface SignOptions extends IdentityOptions, ServiceOptions, AppearanceOptions, PasswordOptions {
  out: string;
  otp?: string;
  level?: SignatureLevel;
  profile?: string;
  registrationAuthority?: string;
  organisation?: string;
  anchorOut?: string;
  json?: boolean;
}

export function addSignCommand(program: Command): void {
  const command = program
    .command('sign')
    .description('sign PDF documents in one transaction, with one code and one single-use certificate')
    .argument('<file...>', 'PDF documents')
    .requiredOption('--out <dir>', 'folder for the signed documents')
    .option(
      '--otp <code|sandbox>',
      'the code, or `sandbox` to read the simulated SMS; without it you are asked',
    )
    .addOption(
      new Option(
        '--level <level>',
        'level of the signature; default: B-LT where the service sends what it needs, otherwise B-T',
      ).choices(signatureLevelSchema.options),
    )
    .option('--profile <id>', 'certificate profile; default: the first that the service offers')
    .option('--registration-authority <id>', 'registration authority of the officer')
    .option('--organisation <name>', 'who presents the documents to the signer')
    .option('--anchor-out <file>', 'write the trust anchor as PEM')
    .option('--json', 'one JSON line per file on standard output');
  addPasswordOptions(addAppearanceOptions(addServiceOptions(addIdentityOptions(command)))).action(sign);
}

async function sign(files: string[], options: SignOptions): Promise<void> {
  const terminal = new Terminal(options.json === true);
  await assertWritableFolder(options.out);
  const identity = await readIdentity(options);
  const signatureOptions = await readSignatureOptions(options, [
    'Signed electronically by',
    '{name}',
    '{date}',
  ]);
  const station = await openStation(options);
  try {
    const codeSource = codeSourceOf(options.otp, station, terminal);
    if (options.anchorOut !== undefined) await writeGiven(options.anchorOut, station.anchor);
    const documents = await documentsOf(files, signatureOptions, options, terminal);
    const signed = await signDocuments(
      station.optimizer,
      terminal,
      {
        identity,
        documents,
        profile: options.profile ?? station.info.profiles[0]?.id ?? '',
        registrationAuthority: registrationAuthorityOf(options, station),
        deliverTo: options.out,
        ...(options.level === undefined ? {} : { level: options.level }),
        ...(options.organisation === undefined ? {} : { organisation: options.organisation }),
      },
      codeSource,
    );
    report(signed, terminal);
  } finally {
    await station.close();
  }
}

/** Where a person sits at the terminal, passwords are asked for before anything begins. */
async function documentsOf(
  files: readonly string[],
  options: SignatureOptions,
  passwordOptions: PasswordOptions,
  terminal: Terminal,
): Promise<NewDocument[]> {
  const given = await readPassword(passwordOptions);
  const documents: NewDocument[] = [];
  for (const path of files) {
    const access = terminal.canAsk
      ? await openWithPassword(terminal, path, given, async (tried) => {
          await documentWork().run('glance', { path, ...tried });
          return tried;
        })
      : { ...(given === undefined ? {} : { password: given }) };
    documents.push({ path, options, ...access });
  }
  return documents;
}

function codeSourceOf(otp: string | undefined, station: CommandStation, terminal: Terminal): CodeSource {
  if (otp === 'sandbox') {
    if (station.info.mode !== 'sandbox') throw new OssError('OSS_OTP_SANDBOX_ONLY');
    return (_sent, transaction) => codeFromOutbox(station.service, transaction);
  }
  if (otp !== undefined) return async () => otp;
  return (sent) =>
    terminal.askCode(
      sent.withoutReference
        ? 'Code that the signer got from the provider:'
        : `Code from the SMS to ${sent.maskedPhone} (reference ${sent.reference}, ${sent.digits} digits, ${sent.triesLeft} tries):`,
    );
}

function registrationAuthorityOf(options: SignOptions, station: CommandStation): string {
  const id = options.registrationAuthority ?? station.registrationAuthority;
  if (id === undefined)
    throw new OssError('OSS_REQUEST_INVALID', { reason: 'give --registration-authority' });
  return id;
}

function report({ transaction, reports }: SignedTransaction, terminal: Terminal): void {
  for (const [index, verification] of reports.entries()) {
    const document = transaction.documents[index];
    const fieldName = transaction.prepared?.[index]?.fieldName;
    const own = verification.signatures.find(({ field }) => field === fieldName);
    terminal.result(`${verification.file}: ${describe(verification, own)}`, {
      file: document?.sourcePath,
      signed: verification.file,
      verdict: own?.verdict,
      level: own?.level,
      signer: own?.signer,
      provenTime: own?.provenTime,
      certificate: own?.serialNumber,
      field: fieldName,
    });
  }
}

function describe(
  report: VerificationReport,
  own: VerificationReport['signatures'][number] | undefined,
): string {
  const time = own?.provenTime === undefined ? '' : `, time stamp ${own.provenTime}`;
  return `signed by ${own?.signer ?? 'unknown'} (PAdES ${own?.level ?? 'none'}${time}), ${own?.verdict ?? report.verdict}`;
}
