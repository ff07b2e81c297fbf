import { X509Certificate } from 'node:crypto';
import type { CertificateView } from '../../contract/ipc/admin/certificate-view.ts';

export const fingerprintOf = ({ fingerprint256 }: X509Certificate): string =>
  fingerprint256.replaceAll(':', '').toLowerCase();

/** Node gives one attribute a line, the most general first; people read the most specific first. */
const nameOf = (distinguishedName: string): string => distinguishedName.split('\n').reverse().join(', ');

export const viewOfCertificate = (certificate: X509Certificate): CertificateView => ({
  fingerprint: fingerprintOf(certificate),
  subject: nameOf(certificate.subject),
  issuer: nameOf(certificate.issuer),
  serialNumber: certificate.serialNumber.toLowerCase(),
  notBefore: new Date(certificate.validFrom).toISOString(),
  notAfter: new Date(certificate.validTo).toISOString(),
});

/** The first certificate of a PEM text that was validated when it was stored. */
export const viewOfPem = (pem: string): CertificateView => viewOfCertificate(new X509Certificate(pem));
