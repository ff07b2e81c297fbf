/** What a certificate at the end of a path may be used for, and what the authorities above it allow. */
import type { Certificate } from '../certificate/certificate.ts';
import { PkiError } from '../errors.ts';
import { OID } from '../oids.ts';

export type PathPurpose = 'signing' | 'timestamping' | 'ocsp';

const ANY_PURPOSE = '2.5.29.37.0';

/** Extended key usages under which documents are signed in the field, beside RFC 9336 documentSigning. */
const SIGNING_PURPOSES: ReadonlySet<string> = new Set([
  OID.purposeDocumentSigning,
  '1.3.6.1.5.5.7.3.4', // emailProtection, used for signatures before RFC 9336
  '1.3.6.1.4.1.311.10.3.12', // Microsoft document signing
  '1.2.840.113583.1.1.5', // Adobe authentic documents trust
]);

const SIGNATURE_USAGES = ['digitalSignature', 'nonRepudiation'];

/** @throws PkiError `path-invalid` if the certificate is not meant for the purpose. */
export function requirePurpose(certificate: Certificate, purpose: PathPurpose): void {
  const usage = certificate.keyUsage;
  if (usage !== undefined && !SIGNATURE_USAGES.some((name) => usage.has(name))) {
    throw unfit(certificate, 'key may not sign data');
  }
  switch (purpose) {
    case 'signing':
      if (purposesAtTheEnd(certificate, purpose)?.size === 0)
        throw unfit(certificate, 'not for signing documents');
      return;
    case 'timestamping':
      requireTimeStampingOnly(certificate);
      return;
    case 'ocsp':
      if (!certificate.extendedKeyUsage?.includes(OID.purposeOcspSigning))
        throw unfit(certificate, 'not for OCSP');
  }
}

/**
 * Under which extended key usages the certificate may serve the purpose; an authority above it must allow one of them.
 * Undefined where authorities are not asked: OCSP is delegated by authorities that are restricted to something else.
 */
export function purposesAtTheEnd(
  certificate: Certificate,
  purpose: PathPurpose,
): ReadonlySet<string> | undefined {
  if (purpose === 'ocsp') return undefined;
  if (purpose === 'timestamping') return new Set([OID.purposeTimeStamping]);
  return allowedBy(certificate, SIGNING_PURPOSES);
}

/**
 * Those of the purposes that the certificate allows. RFC 5280 gives the extension a meaning in certificates of end
 * entities alone; in those of authorities it restricts what they issue, as CA/Browser Forum and browsers have it.
 */
export function allowedBy(certificate: Certificate, purposes: ReadonlySet<string>): ReadonlySet<string> {
  const allowed = certificate.extendedKeyUsage;
  if (allowed === undefined || allowed.includes(ANY_PURPOSE)) return purposes;
  return new Set([...purposes].filter((purpose) => allowed.includes(purpose)));
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
