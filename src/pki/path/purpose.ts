/** What a certificate at the end of a path may be used for. */
import type { Certificate } from '../certificate/certificate.ts';
import { PkiError } from '../errors.ts';
import { OID } from '../oids.ts';

export type PathPurpose = 'signing' | 'timestamping' | 'ocsp';

/** Extended key usages under which documents are signed in the field, beside RFC 9336 documentSigning. */
const SIGNING_PURPOSES: ReadonlySet<string> = new Set([
  OID.purposeDocumentSigning,
  '2.5.29.37.0', // anyExtendedKeyUsage
  '1.3.6.1.5.5.7.3.4', // emailProtection, used for signatures before RFC 9336
  '1.3.6.1.4.1.311.10.3.12', // Microsoft document signing
]);

const SIGNATURE_USAGES = ['digitalSignature', 'nonRepudiation'];

/** Throws PkiError `path-invalid` if the certificate is not meant for the purpose. */
export function requirePurpose(certificate: Certificate, purpose: PathPurpose): void {
  const usage = certificate.keyUsage;
  if (usage !== undefined && !SIGNATURE_USAGES.some((name) => usage.has(name))) {
    throw unfit(certificate, 'key may not sign data');
  }
  const purposes = certificate.extendedKeyUsage;
  switch (purpose) {
    case 'signing':
      if (purposes !== undefined && !purposes.some((oid) => SIGNING_PURPOSES.has(oid))) {
        throw unfit(certificate, 'not for signing documents');
      }
      return;
    case 'timestamping':
      requireTimeStampingOnly(certificate);
      return;
    case 'ocsp':
      if (!purposes?.includes(OID.purposeOcspSigning)) throw unfit(certificate, 'not for OCSP');
  }
}

/** RFC 3161 §2.3: exactly one purpose, and critical. */
function requireTimeStampingOnly(certificate: Certificate): void {
  const critical = certificate.fields.extensions.get(OID.extendedKeyUsage)?.critical;
  const [only, ...others] = certificate.extendedKeyUsage ?? [];
  if (only !== OID.purposeTimeStamping || others.length > 0 || critical !== true) {
    throw unfit(certificate, 'not for time-stamping alone');
  }
}

const unfit = (certificate: Certificate, rule: string): PkiError =>
  new PkiError('path-invalid', `"${certificate.subject.text}": ${rule}`);
