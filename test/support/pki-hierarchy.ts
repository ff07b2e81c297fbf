/** A small hierarchy for tests: root, issuing CA, signer, TSA and OCSP responder, with any deviation a test asks for. */
import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import {
  buildCertificate,
  Certificate,
  type Extension,
  encodeName,
  extensions,
  finishCertificate,
  keyIdentifier,
  type NameAttributes,
  OID,
  type Signer,
  schemeOfKey,
} from '../../src/pki/index.ts';

export interface TestAuthority {
  readonly certificate: Certificate;
  readonly signer: Signer;
  readonly privateKey: KeyObject;
}

export interface TestCertificateOptions {
  readonly commonName: string;
  /** Beside the common name, of which it may be another. */
  readonly subject?: Partial<NameAttributes>;
  readonly issuer?: TestAuthority;
  readonly extensions?: readonly Extension[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly keyType?: 'ec' | 'rsa';
}

export const NOW = new Date('2026-06-01T12:00:00Z');
const YEAR = 365 * 24 * 3600 * 1000;

export function makeSigner(keyType: 'ec' | 'rsa' = 'ec'): { signer: Signer; privateKey: KeyObject } {
  const { privateKey } =
    keyType === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicKeySpki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const scheme = schemeOfKey(publicKeySpki);
  return {
    privateKey,
    signer: { scheme, publicKeySpki, sign: async (data) => sign('sha256', data, privateKey) },
  };
}

export async function makeCertificate(options: TestCertificateOptions): Promise<TestAuthority> {
  const { signer, privateKey } = makeSigner(options.keyType);
  const subject = encodeName({ country: 'ES', commonName: options.commonName, ...options.subject });
  const issuerSigner = options.issuer?.signer ?? signer;
  const tbs = buildCertificate({
    serialNumber: Uint8Array.of(1, ...randomBytes(15)),
    issuer: options.issuer?.certificate.subject.der ?? subject,
    subject,
    notBefore: options.notBefore ?? new Date(NOW.getTime() - YEAR),
    notAfter: options.notAfter ?? new Date(NOW.getTime() + YEAR),
    publicKeySpki: signer.publicKeySpki,
    issuerScheme: issuerSigner.scheme,
    extensions: [
      extensions.subjectKeyIdentifier(keyIdentifier(signer.publicKeySpki)),
      extensions.authorityKeyIdentifier(keyIdentifier(issuerSigner.publicKeySpki)),
      ...(options.extensions ?? []),
    ],
  });
  const der = finishCertificate(tbs, issuerSigner.scheme, await issuerSigner.sign(tbs));
  return { certificate: new Certificate(der), signer, privateKey };
}

export const AUTHORITY_EXTENSIONS = [
  extensions.basicConstraints(true),
  extensions.keyUsage('keyCertSign', 'cRLSign'),
];
export const SIGNER_EXTENSIONS = [extensions.keyUsage('nonRepudiation')];
export const TSA_EXTENSIONS = [
  extensions.keyUsage('digitalSignature'),
  extensions.extendedKeyUsage(true, OID.purposeTimeStamping),
];
export const OCSP_EXTENSIONS = [
  extensions.keyUsage('digitalSignature'),
  extensions.extendedKeyUsage(false, OID.purposeOcspSigning),
  extensions.nullExtension(OID.ocspNoCheck),
];

export async function makeHierarchy() {
  const root = await makeCertificate({ commonName: 'Test Root', extensions: AUTHORITY_EXTENSIONS });
  const issuing = await makeCertificate({
    commonName: 'Test Issuing CA',
    issuer: root,
    extensions: AUTHORITY_EXTENSIONS,
  });
  const signer = await makeCertificate({
    commonName: 'Anna Example',
    issuer: issuing,
    extensions: SIGNER_EXTENSIONS,
  });
  const tsa = await makeCertificate({ commonName: 'Test TSA', issuer: root, extensions: TSA_EXTENSIONS });
  const responder = await makeCertificate({
    commonName: 'Test OCSP',
    issuer: root,
    extensions: OCSP_EXTENSIONS,
  });
  return { root, issuing, signer, tsa, responder };
}
export type Hierarchy = Awaited<ReturnType<typeof makeHierarchy>>;
