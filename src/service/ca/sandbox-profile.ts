/** Certificates of the sandbox hierarchy: each says in its name and by a policy that it proves nothing. */

import type { Extension, NameAttributes } from '../../pki/index.ts';
import { encodeName, extensions, keyIdentifier, OID, SANDBOX_POLICY_ARC } from '../../pki/index.ts';
import { type AuthorityName, ISSUER_OF } from './authority.ts';
import { caIssuersUrl, crlUrl, ocspUrl, practiceStatementUrl } from './public-urls.ts';

const SINGLE_USE_POLICY = `${SANDBOX_POLICY_ARC}1.1`;
const TIMESTAMP_POLICY = `${SANDBOX_POLICY_ARC}1.2`;

interface SandboxProfile {
  readonly commonName: string;
  readonly validityYears: number;
  readonly policies: readonly string[];
  readonly purpose: readonly Extension[];
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

const PROFILES: Readonly<Record<AuthorityName, SandboxProfile>> = {
  root: {
    commonName: 'SANDBOX Root CA - NOT QUALIFIED',
    validityYears: 20,
    policies: [SINGLE_USE_POLICY, TIMESTAMP_POLICY],
    purpose: authority(),
  },
  issuing: {
    commonName: 'SANDBOX Issuing CA - NOT QUALIFIED',
    validityYears: 10,
    policies: [SINGLE_USE_POLICY],
    purpose: authority(0),
  },
  tsa: {
    commonName: 'SANDBOX Time-Stamp Unit - NOT QUALIFIED',
    validityYears: 10,
    policies: [TIMESTAMP_POLICY],
    // RFC 3161 §2.3: critical and alone.
    purpose: [keyUsage('digitalSignature'), extendedKeyUsage(true, OID.purposeTimeStamping)],
  },
  'ocsp-root': {
    commonName: 'SANDBOX Root OCSP Responder - NOT QUALIFIED',
    validityYears: 1,
    policies: [SINGLE_USE_POLICY],
    purpose: responder,
  },
  'ocsp-issuing': {
    commonName: 'SANDBOX Issuing OCSP Responder - NOT QUALIFIED',
    validityYears: 1,
    policies: [SINGLE_USE_POLICY],
    purpose: responder,
  },
};

const ORGANISATION: NameAttributes = { organization: 'One-Shot Signature SANDBOX' };

export const sandboxSubject = (name: AuthorityName): Uint8Array =>
  encodeName({ ...ORGANISATION, commonName: PROFILES[name].commonName });

export function sandboxExpiry(name: AuthorityName, notBefore: Date): Date {
  const notAfter = new Date(notBefore);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + PROFILES[name].validityYears);
  return notAfter;
}

/** Everything that the certificate of this role carries; responders get no OCSP address (OC-03). */
export function sandboxExtensions(
  name: AuthorityName,
  publicUrl: string,
  keys: { readonly subjectSpki: Uint8Array; readonly issuerSpki: Uint8Array },
): Extension[] {
  const profile = PROFILES[name];
  return [
    ...profile.purpose,
    extensions.subjectKeyIdentifier(keyIdentifier(keys.subjectSpki)),
    extensions.certificatePolicies(profile.policies, practiceStatementUrl(publicUrl)),
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
