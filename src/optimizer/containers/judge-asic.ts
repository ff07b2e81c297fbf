/** Signatures in an ASiC (EN 319 162-1): CAdES over one file, or over a manifest of several. */
import { basename } from 'node:path';
import type { Check, VerifiedSignature } from '../../contract/model/verification.ts';
import { type DigestName, digest, equalBytes, PkiError, parseSignedMessage } from '../../pki/index.ts';
import { failed, undecided } from '../pades/envelope/verdict.ts';
import { UnusableXml } from '../xml/read-xml.ts';
import { type AsicManifest, type ManifestReference, readManifest } from './asic-manifest.ts';
import { judgeSigner, type SignedContent, type SignerContext } from './judge-signer.ts';
import type { JudgedContainer } from './judged-container.ts';
import { messageIn } from './read-message.ts';
import type { ZipFiles, ZippedFile } from './zip-files.ts';

const CMS_SIGNATURE = /^META-INF\/[^/]*\.p7s$/iu;
const XML_SIGNATURE = /^META-INF\/[^/]*signatures?[^/]*\.xml$/iu;
const MANIFEST = /^META-INF\/[^/]*manifest[^/]*\.xml$/iu;
const TIMESTAMP = /^META-INF\/[^/]*\.tst$/iu;

/** What stands beside the signatures and the type of the container. */
export const isSignedFile = ({ name }: ZippedFile): boolean =>
  name !== 'mimetype' && !name.startsWith('META-INF/');

interface Asic {
  readonly zip: ZipFiles;
  readonly files: readonly ZippedFile[];
  readonly manifests: readonly (AsicManifest & { readonly name: string })[];
  digestOf(name: string, algorithm: DigestName): Promise<Uint8Array>;
}

/** @throws UnusableZip */
export async function judgeAsic(zip: ZipFiles, context: SignerContext): Promise<JudgedContainer> {
  const files = zip.files.filter(isSignedFile);
  const named = (pattern: RegExp): string[] =>
    zip.files.map(({ name }) => name).filter((name) => pattern.test(name));
  const asic: Asic = {
    zip,
    files,
    manifests: await manifestsIn(zip, named(MANIFEST)),
    digestOf: digestsIn(zip),
  };
  const signatures: VerifiedSignature[] = [];
  const checks: Check[] = [];
  for (const name of named(CMS_SIGNATURE)) {
    const content = await contentOf(asic, name);
    const message = await readMessage(zip, name, context);
    if (message instanceof PkiError) checks.push(unreadable(name, message.message));
    else if (message.content !== undefined && !(await isContent(message.content, content)))
      checks.push(unreadable(name, 'it holds other content than what it signs here'));
    else
      for (const [index, signer] of message.signers.entries())
        signatures.push(
          await judgeSigner(signerName(name, index, message.signers.length), signer, content, context),
        );
  }
  const xml = named(XML_SIGNATURE).filter((name) => !MANIFEST.test(name));
  checks.push(...xml.map(xmlSignature), ...unsigned(files, signatures));
  if (signatures.length === 0 && named(TIMESTAMP).length > 0) checks.push(onlyStamped());
  const listed = [];
  for (const { name, bytes } of files) {
    const sha256 = Buffer.from(await asic.digestOf(name, 'sha256')).toString('hex');
    listed.push({ name, bytes, sha256 });
  }
  return { kind: 'asic', files: listed, signatures, checks };
}

export const signerName = (name: string, index: number, signers: number): string =>
  signers === 1 ? basename(name) : `${basename(name)}, ${index + 1}`;

/** A manifest that cannot be read covers nothing. */
async function manifestsIn(zip: ZipFiles, names: readonly string[]): Promise<Asic['manifests']> {
  const manifests = [];
  for (const name of names) {
    try {
      manifests.push({ ...readManifest(await zip.read(name)), name });
    } catch (error) {
      if (!(error instanceof UnusableXml)) throw error;
    }
  }
  return manifests;
}

/** Every algorithm that was asked for once is computed with the next ones: a file is read about once. */
function digestsIn(zip: ZipFiles): Asic['digestOf'] {
  const wanted = new Set<DigestName>(['sha256']);
  const known = new Map<string, Map<DigestName, Uint8Array>>();
  return async (name, algorithm) => {
    wanted.add(algorithm);
    const found = known.get(name)?.get(algorithm);
    if (found) return found;
    const digests = await zip.digests(name, wanted);
    known.set(name, digests);
    return digests.get(algorithm) ?? new Uint8Array(0);
  };
}

async function readMessage(zip: ZipFiles, name: string, { trust }: SignerContext) {
  try {
    return parseSignedMessage(messageIn(await zip.read(name)), trust.certificates.read);
  } catch (error) {
    if (error instanceof PkiError) return error;
    throw error;
  }
}

/** Some programs let the signature hold once more what it signs. */
async function isContent(held: Uint8Array, content: SignedContent): Promise<boolean> {
  const signed = await content.digest?.('sha256');
  return signed !== undefined && equalBytes(signed, digest('sha256', held));
}

/** What stands under the signature: the manifest that names it, or the only file (EN 319 162-1 §4.3, §4.4). */
async function contentOf(asic: Asic, signature: string): Promise<SignedContent> {
  const [manifest, second] = asic.manifests.filter((one) => one.signature === signature);
  if (manifest && !second) return contentOfManifest(asic, manifest);
  const [file, another] = asic.files;
  if (!second && file && !another) {
    const { name, bytes } = file;
    return {
      ...{ files: [name], bytes, isAll: true, flaws: [] },
      digest: (algorithm) => asic.digestOf(name, algorithm),
    };
  }
  const sentence =
    'Which files of the container it signs cannot be told: no manifest, or more than one, names it.';
  return {
    ...{ files: [], bytes: 0, isAll: false, digest: undefined },
    flaws: [undecided('coverage', sentence, 'contentMissing')],
  };
}

async function contentOfManifest(asic: Asic, manifest: Asic['manifests'][number]): Promise<SignedContent> {
  const { references } = manifest;
  const flaws: Check[] = [];
  for (const reference of references) {
    const flaw = await flawOf(asic, reference);
    if (flaw) flaws.push(flaw);
  }
  const names = references.map(({ name }) => name);
  const bytes = await asic.zip.read(manifest.name);
  const covered = asic.files.filter(({ name }) => names.includes(name));
  return {
    files: names,
    bytes: covered.reduce((sum, file) => sum + file.bytes, 0),
    isAll: covered.length === asic.files.length,
    flaws,
    digest: async (algorithm) => digest(algorithm, bytes),
  };
}

async function flawOf(
  asic: Asic,
  { name, algorithm, digest: said }: ManifestReference,
): Promise<Check | undefined> {
  if (!asic.zip.has(name))
    return undecided('coverage', `The file “${name}”, which was signed, is missing.`, 'contentMissing');
  if (algorithm === undefined)
    return undecided(
      'integrity',
      `The digest of “${name}” is of an algorithm that is not relied on or not checked here.`,
      'unsupportedAlgorithm',
    );
  return equalBytes(await asic.digestOf(name, algorithm), said)
    ? undefined
    : failed('integrity', `The file “${name}” was changed: it is not what was signed.`, 'hashMismatch');
}

const unreadable = (name: string, what: string): Check =>
  failed('integrity', `The signature “${name}” cannot be read (${what}).`, 'unreadable');

const xmlSignature = (name: string): Check =>
  undecided(
    'integrity',
    `“${name}” holds XML signatures (XAdES), which are not judged here. DSS, the validation program of the European Commission, judges them.`,
    'unsupportedFormat',
  );

const onlyStamped = (): Check =>
  undecided('integrity', 'Nobody signed this container: it carries time stamps alone.', 'onlyTimestamps');

/** Beside a signed file nobody should take an unsigned one for signed as well. */
function unsigned(files: readonly ZippedFile[], signatures: readonly VerifiedSignature[]): Check[] {
  if (signatures.length === 0) return [];
  const covered = new Set(signatures.flatMap(({ signedFiles = [] }) => signedFiles));
  return files
    .filter(({ name }) => !covered.has(name))
    .map(({ name }) => undecided('coverage', `Nobody signed “${name}” in this container.`, 'fileNotSigned'));
}
