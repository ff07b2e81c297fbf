/** Signed messages and containers as OpenSSL makes them, for tests of the verification. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toPem } from '../../src/pki/index.ts';
import { openssl } from './openssl.ts';
import {
  AUTHORITY_EXTENSIONS,
  makeCertificate,
  SIGNER_EXTENSIONS,
  type TestAuthority,
} from './pki-hierarchy.ts';
import { type ZipEntry, zipOf } from './zip.ts';

const DAY = 24 * 3600 * 1000;

export interface Signatory {
  readonly root: TestAuthority;
  readonly signer: TestAuthority;
}

/** Valid around now: OpenSSL signs at the time of the machine. */
export async function makeSignatory(commonName: string): Promise<Signatory> {
  const period = { notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + DAY) };
  const root = await makeCertificate({
    ...period,
    commonName: `Root of ${commonName}`,
    extensions: AUTHORITY_EXTENSIONS,
  });
  const signer = await makeCertificate({
    ...period,
    commonName,
    issuer: root,
    extensions: SIGNER_EXTENSIONS,
  });
  return { root, signer };
}

export interface MessageOptions {
  readonly detached?: boolean;
  readonly form?: 'DER' | 'PEM';
  /** Further arguments of `openssl cms`. */
  readonly further?: readonly string[];
}

/** A CAdES message over the content, of one signer after the other. */
export function messageOf(
  content: Uint8Array,
  signatories: readonly Signatory[],
  { detached = false, form = 'DER', further = [] }: MessageOptions = {},
): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'oss-message-'));
  const file = (name: string, bytes: Uint8Array | string): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  const signers = signatories.flatMap(({ signer }, index) => [
    ...['-signer', file(`${index}.pem`, toPem(signer.certificate.der))],
    ...['-inkey', file(`${index}.key`, signer.privateKey.export({ type: 'pkcs8', format: 'pem' }))],
  ]);
  const out = join(folder, 'out');
  openssl(
    ...['cms', '-sign', '-binary', '-cades', '-md', 'sha256', '-outform', form],
    ...(detached ? [] : ['-nodetach']),
    ...['-in', file('content', content), '-out', out],
    ...signers,
    ...further,
  );
  return readFileSync(out);
}

export interface ContainerOptions {
  readonly files: readonly ZipEntry[];
  readonly signatories: readonly Signatory[];
  /** What the manifest says of a file; default: its SHA-256. */
  readonly digestOf?: (file: ZipEntry) => Uint8Array;
  /** Files that the manifest does not name. */
  readonly leaveOut?: readonly string[];
  readonly further?: readonly ZipEntry[];
}

const ASICE: ZipEntry = { name: 'mimetype', bytes: Buffer.from('application/vnd.etsi.asic-e+zip') };
const ASICS: ZipEntry = { name: 'mimetype', bytes: Buffer.from('application/vnd.etsi.asic-s+zip') };

/** ASiC-E with CAdES (EN 319 162-1 §4.4): one signature over a manifest of all files. */
export function asicE(options: ContainerOptions): Buffer {
  const { files, signatories, leaveOut = [], further = [] } = options;
  const digestOf = options.digestOf ?? (({ bytes }) => createHash('sha256').update(bytes).digest());
  const references = files
    .filter(({ name }) => !leaveOut.includes(name))
    .map(
      (file) =>
        `<asic:DataObjectReference URI="${encodeURIComponent(file.name)}"><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>${Buffer.from(digestOf(file)).toString('base64')}</ds:DigestValue></asic:DataObjectReference>`,
    );
  const manifest = Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?><asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><asic:SigReference URI="META-INF/signature001.p7s" MimeType="application/pkcs7-signature"/>${references.join('')}</asic:ASiCManifest>`,
  );
  return zipOf([
    ...[ASICE, ...files],
    { name: 'META-INF/ASiCManifest001.xml', bytes: manifest },
    { name: 'META-INF/signature001.p7s', bytes: messageOf(manifest, signatories, { detached: true }) },
    ...further,
  ]);
}

/** ASiC-S with CAdES (EN 319 162-1 §4.3): one file with its signature. */
export const asicS = (
  file: ZipEntry,
  signatories: readonly Signatory[],
  further: readonly ZipEntry[] = [],
): Buffer =>
  zipOf([
    ...[ASICS, file],
    { name: 'META-INF/signature.p7s', bytes: messageOf(file.bytes, signatories, { detached: true }) },
    ...further,
  ]);
