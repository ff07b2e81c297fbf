/** For the tests of this folder: the corpus, outside tools, and signing with OpenSSL in one call. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTypefaces } from '../typography/open-typefaces.ts';
import {
  appendUpdate,
  copyHashed,
  embedContents,
  memorySource,
  openPdf,
  planSignatureUpdate,
  type SignatureFieldOptions,
  type SignatureUpdate,
} from './index.ts';

const ROOT = join(import.meta.dirname, '../..');
export const CORPUS = join(ROOT, 'test/corpus');

export const corpus = (name: string): Buffer => readFileSync(join(CORPUS, name));
export const corpusNames = (): string[] => readdirSync(CORPUS).filter((name) => name.endsWith('.pdf'));
export const typefaces = openTypefaces(join(ROOT, 'resources/fonts/NotoSans-Regular.ttf'), '');
export const passwordOf = (name: string): { password?: string } =>
  name.includes('userpw') ? { password: 'user' } : {};

/** Documents of the corpus that cannot be signed, and what is said about them. */
export const REFUSED: Readonly<Record<string, string>> = {
  'signed-mdp1.pdf': 'OSS_PDF_CERTIFIED_NO_CHANGES',
  'x-badxref.pdf': 'OSS_PDF_XREF_DAMAGED',
  'x-headjunk.pdf': 'OSS_PDF_HEADER_JUNK',
  'x-notpdf.pdf': 'OSS_PDF_NOT_A_PDF',
  'x-prevloop.pdf': 'OSS_PDF_LIMIT',
  'x-trunc.pdf': 'OSS_PDF_TRUNCATED',
  'x-zero.pdf': 'OSS_PDF_EMPTY',
};
export const signable = (): string[] => corpusNames().filter((name) => !(name in REFUSED));

/** Whether a tool of the operating system is there; a test that needs one is skipped by name without it. */
export const hasTool = (name: string): boolean => spawnSync('which', [name]).status === 0;

/** `qpdf --check`: 0 without a warning, 3 with warnings, 2 with errors. */
export function qpdfStatus(bytes: Uint8Array, password = ''): number | null {
  return withFile(bytes, (path) => spawnSync('qpdf', [`--password=${password}`, '--check', path]).status);
}

export function withFile<T>(bytes: Uint8Array, use: (path: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'pdf-test-'));
  try {
    const path = join(folder, 'document.pdf');
    writeFileSync(path, bytes);
    return use(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface Signed {
  readonly bytes: Buffer;
  readonly update: SignatureUpdate;
  readonly digests: { readonly originalDigest: Uint8Array; readonly byteRangeDigest: Uint8Array };
}

const NOT_A_CMS = Buffer.from('3003020105', 'hex');

/** Signs with a stand-in for the CMS unless a key is given. */
export async function sign(
  original: Uint8Array,
  options: Partial<SignatureFieldOptions> & {
    readonly password?: string;
    readonly cms?: (tbs: Buffer) => Buffer;
  } = {},
): Promise<Signed> {
  const { password, cms, ...field } = options;
  const source = memorySource(original);
  const document = await openPdf(source, password === undefined ? {} : { password });
  const update = await planSignatureUpdate(document, {
    claimedSigningTime: new Date('2026-11-25T04:15:00Z'),
    contentsCapacity: 4096,
    ...field,
  });
  const folder = mkdtempSync(join(tmpdir(), 'pdf-test-'));
  const path = join(folder, 'signed.pdf');
  const target = await open(path, 'w+');
  try {
    const hash = await copyHashed(source, target);
    const digests = {
      originalDigest: hash.copy().digest(),
      byteRangeDigest: await appendUpdate(target, update, hash),
    };
    const tbs = coveredBytes(readFileSync(path), update.byteRange);
    await embedContents(target, update, cms ? cms(tbs) : NOT_A_CMS);
    return { bytes: readFileSync(path), update, digests };
  } finally {
    await target.close();
    rmSync(folder, { recursive: true });
  }
}

export const coveredBytes = (
  bytes: Buffer,
  [a, b, c, d]: readonly [number, number, number, number],
): Buffer => Buffer.concat([bytes.subarray(a, a + b), bytes.subarray(c, c + d)]);

/** A fresh key with a self-signed certificate, and a detached CAdES signature made by OpenSSL. */
export function opensslSigner(): (tbs: Buffer) => Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'pdf-test-key-'));
  const [key, certificate, input] = ['key.pem', 'certificate.pem', 'tbs'].map((name) => join(folder, name));
  if (!key || !certificate || !input) throw new Error('unreachable');
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=PDF test', '-days', '30'];
  execFileSync('openssl', [...request, '-keyout', key, '-out', certificate], { stdio: 'pipe' });
  return (tbs) => {
    writeFileSync(input, tbs);
    const signing = ['cms', '-sign', '-binary', '-cades', '-md', 'sha256', '-outform', 'DER'];
    return execFileSync('openssl', [...signing, '-in', input, '-signer', certificate, '-inkey', key]);
  };
}
