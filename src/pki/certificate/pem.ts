/** PEM text encoding (RFC 7468). */
import { malformed } from '../errors.ts';
import { Certificate } from './certificate.ts';

export type PemLabel = 'CERTIFICATE' | 'CERTIFICATE REQUEST' | 'X509 CRL';

export function toPem(der: Uint8Array, label: PemLabel = 'CERTIFICATE'): string {
  const base64 = Buffer.from(der).toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

const CERTIFICATE_BLOCK = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g;

/** All certificates of a PEM file, in its order. @throws PkiError `malformed` if there is none. */
export function certificatesFromPem(text: string): Certificate[] {
  const certificates = [...text.matchAll(CERTIFICATE_BLOCK)].map(
    ([, base64 = '']) => new Certificate(Buffer.from(base64, 'base64')),
  );
  if (certificates.length === 0) throw malformed('no certificate in the PEM text');
  return certificates;
}
