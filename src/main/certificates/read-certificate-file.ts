import { X509Certificate } from 'node:crypto';
import { OssError } from '../../contract/errors.ts';
import { Certificate, certificatesFromPem } from '../../pki/index.ts';

export const MAX_CERTIFICATE_FILE_BYTES = 1024 * 1024;
const MAX_CERTIFICATES = 50;

/**
 * The certificates of a PEM file (one or several) or of a DER file (one), each once. They are read by the part
 * that will judge signatures by them: what it cannot read is no anchor.
 * @throws OssError OSS_CERTIFICATE_FILE_INVALID
 */
export function readCertificateFile(bytes: Uint8Array): X509Certificate[] {
  if (bytes.length > MAX_CERTIFICATE_FILE_BYTES) throw invalid('too large');
  const text = Buffer.from(bytes).toString('latin1');
  try {
    const found = text.includes('-----BEGIN CERTIFICATE-----')
      ? certificatesFromPem(text)
      : [new Certificate(bytes)];
    const once = new Map(found.map((certificate) => [certificate.fingerprint, certificate]));
    if (once.size > MAX_CERTIFICATES) throw invalid('too many certificates');
    return [...once.values()].map(({ der }) => new X509Certificate(der));
  } catch (error) {
    throw error instanceof OssError ? error : invalid('neither PEM nor DER of a certificate', error);
  }
}

const invalid = (reason: string, cause?: unknown): OssError =>
  new OssError('OSS_CERTIFICATE_FILE_INVALID', { reason }, { cause });
