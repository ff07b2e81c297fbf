/** One RSA key with its certificate, in the form that each tool reads. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toPem } from '../../src/pki/index.ts';
import {
  AUTHORITY_EXTENSIONS,
  makeCertificate,
  SIGNER_EXTENSIONS,
} from '../../test/support/pki-hierarchy.ts';

export interface Credentials {
  readonly key: string;
  readonly certificate: string;
  readonly chain: string;
  readonly anchor: string;
  readonly pkcs12: string;
}

const DAY = 24 * 3600 * 1000;

export async function makeCredentials(folder: string): Promise<Credentials> {
  mkdirSync(folder, { recursive: true });
  const notBefore = new Date(Date.now() - DAY);
  const notAfter = new Date(Date.now() + DAY);
  const period = { notBefore, notAfter, keyType: 'rsa' } as const;
  const root = await makeCertificate({
    ...period,
    commonName: 'Bench Root',
    extensions: AUTHORITY_EXTENSIONS,
  });
  const issuing = await makeCertificate({
    ...period,
    commonName: 'Bench Issuing CA',
    issuer: root,
    extensions: AUTHORITY_EXTENSIONS,
  });
  const signer = await makeCertificate({
    ...period,
    commonName: 'Anna Example',
    issuer: issuing,
    extensions: SIGNER_EXTENSIONS,
  });
  const write = (name: string, content: string | Buffer): string => {
    const path = join(folder, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  };
  const key = write('key.pem', signer.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const certificate = write('certificate.pem', toPem(signer.certificate.der));
  const chain = write('chain.pem', toPem(issuing.certificate.der));
  const anchor = write('anchor.pem', toPem(root.certificate.der));
  const pkcs12 = join(folder, 'signer.p12');
  const pair = ['pkcs12', '-export', '-legacy', '-inkey', key, '-in', certificate, '-certfile', chain];
  execFileSync('openssl', [...pair, '-passout', 'pass:bench', '-out', pkcs12], { stdio: 'pipe' });
  return { key, certificate, chain, anchor, pkcs12 };
}
