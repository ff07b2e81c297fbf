import { Option } from 'commander';
import { OssError } from '../../contract/errors.ts';
import { Certificate, certificatesFromPem, toPem } from '../../pki/index.ts';
import { readGiven } from '../given-file.ts';

/**
 * The certificates in a file, as PEM (one or several) or as DER (one): both are what authorities hand out.
 * @throws OssError OSS_FILE_NOT_FOUND, OSS_CERTIFICATE_FILE_INVALID
 */
export async function readCertificates(path: string): Promise<Certificate[]> {
  const bytes = await readGiven(path);
  try {
    const isPem = bytes.includes('-----BEGIN ') || bytes.length === 0;
    return isPem ? certificatesFromPem(bytes.toString('latin1')) : [new Certificate(bytes)];
  } catch (cause) {
    const reason = 'neither PEM nor DER of a certificate';
    throw new OssError('OSS_CERTIFICATE_FILE_INVALID', { file: path, reason }, { cause });
  }
}

/** The same as PEM. @throws OssError as `readCertificates` */
export async function readCertificatesPem(path: string): Promise<string> {
  return (await readCertificates(path)).map(({ der }) => toPem(der)).join('');
}

/** Where a policy asks for more than SHA-256 under time stamps. */
export const tsaDigestOption = (): Option =>
  new Option('--tsa-digest <name>', 'what time stamps are made over')
    .choices(['sha256', 'sha384', 'sha512'])
    .default('sha256');

/** An option that may be given several times. */
export const collect = (value: string, earlier: string[] = []): string[] => [...earlier, value];
