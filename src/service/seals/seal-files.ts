/** Certificates of seals: `seals/<id>.pem` in the data directory, the seal first, then those above it. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfPresent, writeFileDurably } from '../../base/durable-file.ts';
import { OssError } from '../../contract/errors.ts';
import { certificatesFromPem, PkiError, toPem } from '../../pki/index.ts';
import type { SealCertificates } from './find-unfit.ts';

const folderOf = (dataDirectory: string): string => join(dataDirectory, 'seals');

/** Undefined if there is none. @throws OssError OSS_CONFIG_INVALID if the file holds no certificate */
export async function readSealCertificates(
  dataDirectory: string,
  id: string,
): Promise<SealCertificates | undefined> {
  const text = await readIfPresent(join(folderOf(dataDirectory), `${id}.pem`));
  return text && parseSealCertificates(text.toString('utf8'), `seals/${id}.pem`);
}

/** @throws OssError OSS_CONFIG_INVALID naming the source */
export function parseSealCertificates(pem: string, source: string): SealCertificates {
  try {
    const [certificate, ...chain] = certificatesFromPem(pem);
    if (certificate !== undefined) return { certificate, chain };
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
  }
  throw new OssError('OSS_CONFIG_INVALID', { reason: `${source}: no certificates in PEM` });
}

export async function writeSealCertificates(
  dataDirectory: string,
  id: string,
  { certificate, chain }: SealCertificates,
): Promise<void> {
  const folder = folderOf(dataDirectory);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pem = [certificate, ...chain].map(({ der }) => toPem(der)).join('');
  await writeFileDurably(join(folder, `${id}.pem`), pem);
}
