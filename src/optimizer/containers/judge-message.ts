/** Signatures in a CMS file: over the content that it holds, or over the file beside it (EN 319 122-1 §4). */
import { lstat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Check, SignedContainer } from '../../contract/model/verification.ts';
import { digest, PkiError, parseSignedMessage, type SignedMessage } from '../../pki/index.ts';
import { failed, undecided } from '../pades/envelope/verdict.ts';
import { digestFile } from '../vault/hash-file.ts';
import { HEAD, kindOfHead } from './container-kind.ts';
import { signerName } from './judge-asic.ts';
import { judgeSigner, type SignedContent, type SignerContext } from './judge-signer.ts';
import type { JudgedContainer } from './judged-container.ts';
import { messageIn } from './read-message.ts';

/** One person signed, another signed that: each in a message around the one before. */
export const DEEPEST = 5;

type File = SignedContainer['files'][number];

export interface Message {
  /** As people know it. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Path of what a detached signature was made over. Nothing inside another message has such a file. */
  readonly signedFile: string | undefined;
}

/** @throws OssError OSS_FILE_NOT_FOUND, OSS_FILE_CHANGED */
export const judgeMessage = (message: Message, context: SignerContext): Promise<JudgedContainer> =>
  judge({ ...message, depth: 1 }, context);

type NestedMessage = Message & { readonly depth: number };

async function judge(given: NestedMessage, context: SignerContext): Promise<JudgedContainer> {
  const { name, signedFile } = given;
  const message = readMessage(given.bytes, context);
  if (message instanceof PkiError) return withoutSignatures([unreadable(message)]);
  const { content: inside, signers } = message;
  const content =
    inside === undefined
      ? await contentBeside(innerName(name), signedFile)
      : contentInside(innerName(name), inside);
  const signatures = [];
  for (const [index, signer] of signers.entries())
    signatures.push(await judgeSigner(signerName(name, index, signers.length), signer, content, context));
  const inner = inside && (await judgeInside(given, inside, context));
  return {
    kind: inside === undefined ? 'detached' : 'enveloping',
    files: inner ? inner.files : content.described,
    signatures: [...signatures, ...(inner?.signatures ?? [])],
    checks: inner?.checks ?? [],
  };
}

const withoutSignatures = (checks: readonly Check[]): JudgedContainer => ({
  ...{ kind: 'enveloping', files: [], signatures: [], checks },
});

const unreadable = ({ reason, message }: PkiError): Check =>
  reason === 'malformed'
    ? failed('integrity', `The file cannot be read as a signature (${message}).`, 'unreadable')
    : undecided(
        'integrity',
        `The file is of a kind (${message}) that is not checked here.`,
        'unsupportedFormat',
      );

function readMessage(bytes: Uint8Array, { trust }: SignerContext): SignedMessage | PkiError {
  try {
    return parseSignedMessage(bytes, trust.certificates.read);
  } catch (error) {
    if (error instanceof PkiError) return error;
    throw error;
  }
}

/** `contract.pdf` of `contract.pdf.p7m`. */
export const innerName = (name: string): string => basename(name, extname(name));

type DescribedContent = SignedContent & { readonly described: readonly File[] };

function contentInside(name: string, content: Uint8Array): DescribedContent {
  const sha256 = Buffer.from(digest('sha256', content)).toString('hex');
  return {
    ...{ files: [name], bytes: content.length, isAll: true, flaws: [] },
    described: [{ name, bytes: content.length, sha256 }],
    digest: async (algorithm) => digest(algorithm, content),
  };
}

async function contentBeside(name: string, path: string | undefined): Promise<DescribedContent> {
  const file = path === undefined ? undefined : await lstat(path).catch(() => undefined);
  if (path === undefined || !file?.isFile()) {
    const sentence = `The signature stands alone. Put the file that was signed beside it, as “${name}”.`;
    return {
      ...{ files: [], bytes: 0, isAll: true, described: [], digest: undefined },
      flaws: [undecided('coverage', sentence, 'contentMissing')],
    };
  }
  const sha256 = Buffer.from(await digestFile(path, 'sha256')).toString('hex');
  return {
    ...{ files: [name], bytes: file.size, isAll: true, flaws: [] },
    described: [{ name, bytes: file.size, sha256 }],
    digest: (algorithm) => digestFile(path, algorithm),
  };
}

/** A message in a message is judged as well; anything else is what was signed in the end. */
async function judgeInside(
  { name, depth }: NestedMessage,
  content: Uint8Array,
  context: SignerContext,
): Promise<JudgedContainer | undefined> {
  if (kindOfHead(Buffer.from(content.subarray(0, HEAD))) !== 'cms') return undefined;
  if (depth === DEEPEST) {
    const sentence = 'Too many signatures stand around one another to be judged here.';
    return withoutSignatures([undecided('integrity', sentence, 'overTheBound')]);
  }
  const bytes = messageIn(Buffer.from(content));
  return judge({ name: innerName(name), bytes, signedFile: undefined, depth: depth + 1 }, context);
}
