import { type Command, Option } from 'commander';
import { OssError } from '../../contract/errors.ts';
import { certificationOf, certificationWordSchema } from '../../contract/model/case-file.ts';
import { type SignatureLevel, signatureLevelSchema } from '../../contract/model/signature-level.ts';
import type { SignatureOptions } from '../../contract/model/transaction.ts';
import type { VerificationReport } from '../../contract/model/verification.ts';
import { assertWritableFolder, type NewCaseSigner, type NewDocument } from '../../optimizer/index.ts';
import { reportCase, signCase } from '../case/sign-case.ts';
import { codeSourceOf } from '../code-source.ts';
import { documentWork } from '../document-work.ts';
import { writeGiven } from '../given-file.ts';
import {
  type AppearanceOptions,
  addAppearanceOptions,
  type Place,
  parsePlace,
  readSignatureOptions,
} from '../options/appearance-options.ts';
import { addIdentityOptions, type IdentityOptions, readIdentities } from '../options/identity-options.ts';
import {
  addPasswordOptions,
  openWithPassword,
  type PasswordOptions,
  readPassword,
} from '../options/password-options.ts';
import { addServiceOptions, type ServiceOptions } from '../options/service-options.ts';
import { type SignedTransaction, signDocuments } from '../sign-documents.ts';
import { type CommandStation, openStation } from '../station.ts';
import { Terminal } from '../terminal.ts';
import { positive } from './case.ts';

type CertificationWord = (typeof certificationWordSchema.options)[number];

interface SignOptions extends IdentityOptions, ServiceOptions, AppearanceOptions, PasswordOptions {
  out: string;
  otp?: string;
  level?: SignatureLevel;
  profile?: string;
  registrationAuthority?: string;
  organisation?: string;
  anchorOut?: string;
  anyOrder?: boolean;
  certify?: CertificationWord;
  pauseAfter?: number;
  seal?: string | true;
  sealVisible?: Place[];
  json?: boolean;
}

export function addSignCommand(program: Command): void {
  const command = program
    .command('sign')
    .description(
      'sign PDF documents in one transaction, with one code and one single-use certificate; with several identities one transaction each',
    )
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
    .addOption(
      new Option(
        '--certify <what>',
        'the first signature certifies the documents and permits this afterwards',
      ).choices(certificationWordSchema.options),
    )
    .option('--any-order', 'several signers: they may sign in any order')
    .option(
      '--pause-after <signers>',
      'several signers: stop after so many; `oneshot case continue` goes on',
      positive,
    )
    .option(
      '--seal [id]',
      'an electronic seal of the service signs last; without an id the only one that the officer may use',
    )
    .option(
      '--seal-visible <page:x1,y1,x2,y2>',
      'with --seal: show it on a page, corners in points',
      parsePlace,
    )
    .option('--anchor-out <file>', 'write the trust anchor as PEM')
    .option('--json', 'one JSON line per file on standard output');
  addPasswordOptions(addAppearanceOptions(addServiceOptions(addIdentityOptions(command)))).action(sign);
}

async function sign(files: string[], options: SignOptions): Promise<void> {
  const terminal = new Terminal(options.json === true);
  await assertWritableFolder(options.out);
  const identities = await readIdentities(options);
  const looks = await readSignatureOptions(options, ['Signed electronically by', '{name}', '{date}']);
  const places = options.visible?.length ?? 0;
  if (places > 0 && places !== identities.length)
    throw new OssError('OSS_REQUEST_INVALID', { reason: 'give --visible once for each signer' });
  const [identity] = identities;
  const station = await openStation(options);
  try {
    const codeSource = codeSourceOf(options.otp, station, terminal);
    if (options.anchorOut !== undefined) await writeGiven(options.anchorOut, station.anchor);
    const order = {
      profile: options.profile ?? station.info.profiles[0]?.id ?? '',
      registrationAuthority: registrationAuthorityOf(options, station),
      deliverTo: options.out,
      ...(options.level === undefined ? {} : { level: options.level }),
      ...(options.organisation === undefined ? {} : { organisation: options.organisation }),
    };
    const certify = options.certify && certificationOf(options.certify);
    if (identities.length === 1 && identity && options.seal === undefined) {
      const signatureOptions = { ...looks[0], ...(certify && { certify }) };
      const documents = await documentsOf(files, signatureOptions, options, terminal);
      report(
        await signDocuments(station.optimizer, terminal, { ...order, identity, documents }, codeSource),
        terminal,
      );
      return;
    }
    const password = await readPassword(options);
    const { id } = await station.optimizer.cases.create({
      ...order,
      documents: files.map((path) => ({ path })),
      signers: [
        ...identities.map((one, index) => ({
          identity: one,
          documents: files.map((_, document) => ({ document, options: looks[index] ?? looks[0] ?? {} })),
        })),
        ...(await sealSigners(options, station, files.length)),
      ],
      ...(options.anyOrder && { order: 'anyOrder' }),
      ...(certify && { certification: certify }),
    });
    const signed = await signCase(station, terminal, id, codeSource, {
      ...(password === undefined ? {} : { password }),
      ...(options.pauseAfter === undefined ? {} : { pauseAfter: options.pauseAfter }),
    });
    await reportCase(station, terminal, signed);
  } finally {
    await station.close();
  }
}

/** The seal that signs after everybody, where one was asked for. */
async function sealSigners(
  { seal, sealVisible }: SignOptions,
  { optimizer }: CommandStation,
  documents: number,
): Promise<NewCaseSigner[]> {
  if (seal === undefined) return [];
  const [place] = sealVisible ?? [];
  const look = place ? { visible: { ...place, text: ['Sealed by {name}', '{date}'] } } : {};
  return [
    {
      ...(await optimizer.sealSigner(seal === true ? undefined : seal)),
      documents: Array.from({ length: documents }, (_, document) => ({ document, options: look })),
    },
  ];
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
