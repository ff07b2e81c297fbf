/** What the certificate of each authority holds: the same hierarchy for a sandbox and for an operator. */

import type { Extension } from '../../pki/index.ts';
import { encodeName, extensions, keyIdentifier, OID } from '../../pki/index.ts';
import { type AuthorityName, ISSUER_OF } from './authority.ts';
import { caIssuersUrl, crlUrl, ocspUrl } from './public-urls.ts';

/** Whose hierarchy it is. */
export interface HierarchyNaming {
  readonly organization: string;
  readonly country?: string;
  readonly commonNames: Readonly<Record<AuthorityName, string>>;
  /** Object identifiers: of the certificates of signers, and of time stamps. */
  readonly policies: { readonly singleUse: string; readonly timestamp: string };
}

/** Addresses that certificates carry. */
export interface HierarchyAddresses {
  readonly publicUrl: string;
  readonly practiceStatementUrl: string;
}

export interface AuthorityKeys {
  readonly subjectSpki: Uint8Array;
  /** Of the issuer; of the subject itself for the root. */
  readonly issuerSpki: Uint8Array;
}

const { basicConstraints, keyUsage, extendedKeyUsage, nullExtension } = extensions;
const authority = (pathLength?: number): Extension[] => [
  basicConstraints(true, pathLength),
  keyUsage('keyCertSign', 'cRLSign'),
];
/** RFC 6960 §4.2.2.2.1: nobody asks for the status of the one who answers. */
const responder = [
  keyUsage('digitalSignature'),
  extendedKeyUsage(false, OID.purposeOcspSigning),
  nullExtension(OID.ocspNoCheck),
];

interface Role {
  readonly validityYears: number;
  readonly policies: readonly (keyof HierarchyNaming['policies'])[];
  readonly purpose: readonly Extension[];
}

const ROLES: Readonly<Record<AuthorityName, Role>> = {
  // What is signed today must be renewable for thirty years under the anchor that was handed out.
  root: { validityYears: 40, policies: ['singleUse', 'timestamp'], purpose: authority() },
  issuing: { validityYears: 10, policies: ['singleUse'], purpose: authority(0) },
  tsa: {
    validityYears: 10,
    policies: ['timestamp'],
    // RFC 3161 §2.3: critical and alone.
    purpose: [keyUsage('digitalSignature'), extendedKeyUsage(true, OID.purposeTimeStamping)],
  },
  'ocsp-root': { validityYears: 1, policies: ['singleUse'], purpose: responder },
  'ocsp-issuing': { validityYears: 1, policies: ['singleUse'], purpose: responder },
};

/** DER Name of this role. */
export const authoritySubject = (
  name: AuthorityName,
  { organization, country, commonNames }: HierarchyNaming,
): Uint8Array =>
  encodeName({ ...(country === undefined ? {} : { country }), organization, commonName: commonNames[name] });

export function authorityExpiry(name: AuthorityName, notBefore: Date): Date {
  const notAfter = new Date(notBefore);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + ROLES[name].validityYears);
  return notAfter;
}

/** What a role asks to be certified for, by any issuer: purpose and key. */
export const requestedExtensions = (name: AuthorityName, subjectSpki: Uint8Array): Extension[] => [
  ...ROLES[name].purpose,
  extensions.subjectKeyIdentifier(keyIdentifier(subjectSpki)),
];

/** Everything that the certificate of this role carries; responders get no OCSP address (OC-03). */
export function authorityExtensions(
  name: AuthorityName,
  { policies }: Pick<HierarchyNaming, 'policies'>,
  { publicUrl, practiceStatementUrl }: HierarchyAddresses,
  keys: AuthorityKeys,
): Extension[] {
  return [
    ...requestedExtensions(name, keys.subjectSpki),
    extensions.certificatePolicies(
      ROLES[name].policies.map((policy) => policies[policy]),
      practiceStatementUrl,
    ),
    ...(name === 'root' ? [] : issuedExtensions(name, publicUrl, keys.issuerSpki)),
  ];
}

function issuedExtensions(
  name: Exclude<AuthorityName, 'root'>,
  publicUrl: string,
  issuerSpki: Uint8Array,
): Extension[] {
  const issuer = ISSUER_OF[name];
  const isResponder = name === 'ocsp-root' || name === 'ocsp-issuing';
  const access = {
    caIssuers: [caIssuersUrl(publicUrl, issuer)],
    ocsp: isResponder ? [] : [ocspUrl(publicUrl, issuer)],
  };
  return [
    extensions.authorityKeyIdentifier(keyIdentifier(issuerSpki)),
    extensions.authorityInfoAccess(access),
    ...(isResponder ? [] : [extensions.crlDistributionPoint(crlUrl(publicUrl, issuer))]),
  ];
}
