/** Pre-issuance lint: the planned certificate is judged as written, independently of the code that wrote it (CE-16). */
import { OssError } from '../../contract/errors.ts';

import {
  type Certificate,
  equalBytes,
  extensions,
  keyIdentifier,
  OID,
  PkiError,
  parseTbsCertificate,
  type TbsCertificate,
} from '../../pki/index.ts';

/** EN 319 412-1 §5.2.2: both ends count, in milliseconds. */
const MAX_VALIDITY = 24 * 60 * 60 * 1000;
const LAST_UTC_YEAR = 2049;
const MIN_SERIAL_BITS = 64;
/** RFC 5280 §4.1.2.2: at most 20 octets. */
const MAX_SERIAL_BITS = 159;

type Rule = (tbs: TbsCertificate, issuer: Certificate) => boolean;

/** True if the extension is there, not critical, and NULL. */
function isNull(tbs: TbsCertificate, oid: string): boolean {
  const extension = tbs.extensions.get(oid);
  return extension?.critical === false && equalBytes(extension.value, Uint8Array.of(5, 0));
}

const lacks = (tbs: TbsCertificate, ...oids: readonly string[]): boolean =>
  oids.every((oid) => !tbs.extensions.has(oid));

function decoded<T>(tbs: TbsCertificate, oid: string, decode: (value: Uint8Array) => T): T | undefined {
  const extension = tbs.extensions.get(oid);
  return extension === undefined ? undefined : decode(extension.value);
}

const access = (tbs: TbsCertificate) =>
  decoded(tbs, OID.authorityInfoAccess, extensions.decodeAuthorityInfoAccess) ?? { caIssuers: [], ocsp: [] };

const RULES: Readonly<Record<string, Rule>> = {
  'CE-01': ({ notBefore, notAfter }) => {
    const inclusive = notAfter.getTime() - notBefore.getTime() + 1000;
    return inclusive > 1000 && inclusive <= MAX_VALIDITY;
  },
  'CE-02': (tbs) => isNull(tbs, OID.valassuredShortTerm),
  'CE-03': (tbs) => isNull(tbs, OID.noRevAvail),
  'CE-04': (tbs) =>
    lacks(tbs, OID.crlDistributionPoints, OID.freshestCrl) &&
    access(tbs).ocsp.length === 0 &&
    decoded(tbs, OID.basicConstraints, extensions.decodeBasicConstraints)?.ca !== true,
  'CE-05': (tbs, issuer) => {
    const keyId = decoded(tbs, OID.authorityKeyIdentifier, extensions.decodeAuthorityKeyIdentifier);
    const policies = decoded(tbs, OID.certificatePolicies, extensions.decodeCertificatePolicies) ?? [];
    return (
      access(tbs).caIssuers.length > 0 &&
      keyId !== undefined &&
      equalBytes(keyId, issuer.subjectKeyIdentifier ?? keyIdentifier(issuer.publicKeySpki)) &&
      policies.length > 0 &&
      policies.every(({ practiceStatementUrls }) => practiceStatementUrls.length > 0)
    );
  },
  'CE-06': (tbs) => {
    const usage = decoded(tbs, OID.keyUsage, extensions.decodeKeyUsage);
    const critical = tbs.extensions.get(OID.keyUsage)?.critical === true;
    return critical && usage?.size === 1 && usage.has('nonRepudiation');
  },
  'CE-07': (tbs) => {
    const purposes = decoded(tbs, OID.extendedKeyUsage, extensions.decodeExtendedKeyUsage);
    return purposes === undefined || purposes.every((purpose) => purpose === OID.purposeDocumentSigning);
  },
  'CE-08': ({ subject }) =>
    /^[A-Z]{2}$/.test(subject.country ?? '') &&
    Boolean(subject.commonName) &&
    Boolean(subject.givenName ?? subject.surname),
  'CE-10': ({ subject }) =>
    // No semantics identifier is asserted, so nothing may look like one of EN 319 412-1 §5.1.3.
    subject.serialNumber !== undefined && !/^([A-Z]{3}|[A-Z]{2}:)[A-Z]{2}-/.test(subject.serialNumber),
  'CE-11': (tbs) => lacks(tbs, OID.qcStatements),
  'CE-12': ({ serialNumber, notBefore, notAfter }) => {
    const bits = serialNumber.toString(2).length;
    const inUtcTime = [notBefore, notAfter].every((time) => time.getUTCFullYear() <= LAST_UTC_YEAR);
    return serialNumber > 0n && bits >= MIN_SERIAL_BITS && bits <= MAX_SERIAL_BITS && inUtcTime;
  },
  'RFC 5280 4.1.2.4': (tbs, issuer) => equalBytes(tbs.issuer.der, issuer.subject.der),
  'RFC 5280 4.1.2.5': ({ notBefore, notAfter }, issuer) =>
    issuer.notBefore <= notBefore && notAfter <= issuer.notAfter,
  'RFC 5280 4.2.1.2': (tbs) => {
    const keyId = decoded(tbs, OID.subjectKeyIdentifier, extensions.decodeSubjectKeyIdentifier);
    return keyId !== undefined && equalBytes(keyId, keyIdentifier(tbs.publicKeySpki));
  },
};

/**
 * Judges a DER TBSCertificate of the single-use profile.
 * @throws OssError OSS_CERTIFICATE_LINT whose `rules` name every rule that fails.
 */
export function lintCertificate(tbsDer: Uint8Array, issuer: Certificate): void {
  const rules = failingRules(tbsDer, issuer);
  if (rules.length > 0) throw new OssError('OSS_CERTIFICATE_LINT', { reason: rules.join(', '), rules });
}

function failingRules(tbsDer: Uint8Array, issuer: Certificate): string[] {
  try {
    const tbs = parseTbsCertificate(tbsDer);
    return Object.entries(RULES)
      .filter(([, holds]) => !holds(tbs, issuer))
      .map(([rule]) => rule);
  } catch (error) {
    if (error instanceof PkiError) return ['RFC 5280 4.1'];
    throw error;
  }
}
