/** Signed files that are no PDF: CMS (.p7m, .p7s) and ASiC; others are named, with what judges them. */
import { basename, extname } from 'node:path';
import { OssError } from '../../contract/errors.ts';
import type { Check, VerificationReport } from '../../contract/model/verification.ts';
import { openFileSource } from '../../pdf/index.ts';
import {
  type Certificate,
  CertificateCache,
  PkiError,
  parseSignedMessage,
  RevocationReader,
  WorkBudget,
} from '../../pki/index.ts';
import { failed, undecided, verdictOf, worst } from '../pades/envelope/verdict.ts';
import { trustAbout } from '../pades/listed-trust.ts';
import type { VerifyOptions } from '../pades/verify-file.ts';
import { type ContainerKind, containerKindOf } from './container-kind.ts';
import { judgeAsic } from './judge-asic.ts';
import { judgeMessage } from './judge-message.ts';
import type { SignerContext } from './judge-signer.ts';
import type { JudgedContainer } from './judged-container.ts';
import { readMessageFile } from './read-message.ts';
import { UnusableZip, ZipFiles } from './zip-files.ts';

/**
 * Verifies the signatures of a container as `verifyFile` does those of a PDF.
 * @returns undefined for what has to be a PDF
 * @throws OssError OSS_FILE_*, OSS_PDF_LIMIT, OSS_PDF_NO_SIGNATURE; OSS_PDF_NOT_A_PDF for a ZIP or XML that signs nothing
 */
export async function verifyContainer(
  path: string,
  options: VerifyOptions,
): Promise<VerificationReport | undefined> {
  const kind = await containerKindOf(path, options.name ?? path);
  if (kind === undefined) return undefined;
  const { kind: form, files, signatures, checks } = await judge(kind, path, options);
  if (signatures.length === 0 && checks.length === 0)
    throw new OssError('OSS_PDF_NO_SIGNATURE', { file: path });
  const verdict = worst([...signatures.map((one) => one.verdict), verdictOf(checks)]);
  return {
    ...{ file: path, verdict, container: { kind: form, files: [...files] } },
    ...{ signatures: [...signatures], documentTimestamps: [], checks: [...checks] },
    verifiedAt: options.at.toISOString(),
  };
}

async function judge(kind: ContainerKind, path: string, options: VerifyOptions): Promise<JudgedContainer> {
  switch (kind) {
    case 'cms':
      return judgeCms(path, options);
    case 'zip':
      return judgeZip(path, options);
    case 'encrypted':
      return named('encrypted', 'The file is encrypted: only those whom it is addressed to can open it.');
    case 'xml':
      return judgeXml(path);
  }
}

async function judgeCms(path: string, options: VerifyOptions): Promise<JudgedContainer> {
  const bytes = await readMessageFile(path).catch(unlessTooLarge);
  if (!bytes) return tooLarge();
  const { name, signedFile } = options;
  const beside = name === undefined ? besideOf(path) : undefined;
  const message = { name: name ?? basename(path), bytes, signedFile: signedFile ?? beside };
  return judgeMessage(message, contextOf(options, [bytes]));
}

function unlessTooLarge(thrown: unknown): undefined {
  if (thrown instanceof OssError && thrown.code === 'OSS_PDF_LIMIT') return undefined;
  throw thrown;
}

/** It may be sound: that is not to be called damaged. */
const tooLarge = (): JudgedContainer => ({
  ...{ kind: 'enveloping', files: [], signatures: [] },
  checks: [undecided('integrity', 'A signed message of more than 64 MB is not judged here.', 'overTheBound')],
});

/** `contract.pdf` beside `contract.pdf.p7s`. */
const besideOf = (path: string): string | undefined =>
  extname(path) === '' ? undefined : path.slice(0, -extname(path).length);

const CMS_FILE = /^META-INF\/[^/]*\.p7s$/iu;

async function judgeZip(path: string, options: VerifyOptions): Promise<JudgedContainer> {
  let zip: ZipFiles | undefined;
  try {
    zip = await ZipFiles.open(path);
    const names = zip.files.map(({ name }) => name);
    if (!names.some((name) => name.startsWith('META-INF/'))) throw new OssError('OSS_PDF_NOT_A_PDF');
    const messages = [];
    for (const name of names.filter((one) => CMS_FILE.test(one))) messages.push(await zip.read(name));
    return await judgeAsic(zip, contextOf(options, messages));
  } catch (error) {
    if (!(error instanceof UnusableZip)) throw error;
    return unusable(failed('integrity', `The container is not relied on: ${error.message}.`, 'unreadable'));
  } finally {
    zip?.close();
  }
}

const XML_SIGNATURE = 'http://www.w3.org/2000/09/xmldsig#';
const XML_HEAD = 16 * 1024 * 1024;

async function judgeXml(path: string): Promise<JudgedContainer> {
  const source = await openFileSource(path);
  try {
    const head = Buffer.from(await source.read(0, Math.min(source.size, XML_HEAD)));
    if (!head.includes(XML_SIGNATURE)) throw new OssError('OSS_PDF_NOT_A_PDF');
  } finally {
    await source.close();
  }
  return named(
    'xml',
    'The file has XML signatures (XAdES), which are not judged here. DSS, the validation program of the European Commission, judges them.',
  );
}

const named = (kind: 'xml' | 'encrypted', sentence: string): JudgedContainer => ({
  ...{ kind, files: [], signatures: [] },
  checks: [undecided('integrity', sentence, 'unsupportedFormat')],
});

const unusable = (check: Check): JudgedContainer => ({
  kind: 'asic',
  files: [],
  signatures: [],
  checks: [check],
});

/** The services of the trusted lists are looked up by the certificates in the messages. */
function contextOf(options: VerifyOptions, messages: readonly Uint8Array[]): SignerContext {
  const certificates = options.certificates ?? new CertificateCache();
  const found = messages.flatMap((message) => certificatesIn(message, certificates));
  return {
    trust: {
      at: options.at,
      ...trustAbout(found, options),
      certificates,
      revocation: new RevocationReader(certificates.read, new WorkBudget()),
    },
    trustedLists: options.trustedLists,
  };
}

/** The check of a signature says why it cannot be read. */
function certificatesIn(message: Uint8Array, { read }: CertificateCache): readonly Certificate[] {
  try {
    return parseSignedMessage(message, read).signers.flatMap((signer) =>
      signer instanceof PkiError ? [] : signer.certificates,
    );
  } catch (error) {
    if (error instanceof PkiError) return [];
    throw error;
  }
}
