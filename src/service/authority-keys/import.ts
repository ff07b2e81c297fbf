import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { OssError } from '../../contract/errors.ts';
import {
  type Certificate,
  certificatesFromPem,
  equalBytes,
  isSandboxCertificate,
  PkiError,
} from '../../pki/index.ts';
import { AUTHORITY_NAMES, type AuthorityName } from '../ca/authority.ts';
import { keyFor } from '../ca/authority-key.ts';
import { findUnfit } from '../ca/load-authorities.ts';
import { type Custody, readHoldings, refuse } from './custody.ts';

export interface ImportOrder {
  readonly role: AuthorityName;
  /** PEM: the certificate of the role, then those above it, as far as they are not here yet. */
  readonly certificates: string;
  /** PEM: PKCS#8, encrypted or not. Absent where the key was made here, and for an offline root. */
  readonly key?: string | undefined;
  readonly keyPassphrase?: string | undefined;
}

export interface Imported {
  /** Roles whose certificate was stored: the one asked for, and those above it that were missing. */
  readonly certificates: readonly AuthorityName[];
  readonly keyStored: boolean;
}

const MIN_RSA_BITS = 2048;
const MIN_RSA_EXPONENT = 65_537n;

/**
 * Takes a key and its certificates into custody, after everything that a production start would look at has been
 * looked at. The certificate that it replaces stays known; a key is never overwritten.
 * @throws OssError OSS_CONFIG_INVALID naming everything that is wrong
 */
export async function importAuthorityKey(custody: Custody, order: ImportOrder): Promise<Imported> {
  const { role } = order;
  const [leaf, ...above] = readCertificates(order.certificates);
  if (leaf === undefined) throw invalid('certificate: there is none in the file');
  const holdings = await readHoldings(custody);
  const certificates = new Map(
    [...holdings].flatMap(([name, { certificate }]) => (certificate ? [[name, certificate] as const] : [])),
  );
  certificates.set(role, leaf);
  const stored: AuthorityName[] = [role];
  for (const [name, certificate] of placesOf(above)) {
    if (certificates.has(name)) continue;
    certificates.set(name, certificate);
    stored.push(name);
  }
  const key = order.key === undefined ? undefined : readKey(order.key, order.keyPassphrase);
  // After a roll-over the next key waits beside the one in use.
  const present = (await keyFor(custody.keyStore, role, leaf))?.signer;
  refuse([
    ...(certificates.has('root')
      ? []
      : ['certificate: it must lead to a root; import the root first or append it']),
    ...[leaf, ...above]
      .filter(isSandboxCertificate)
      .map(({ subject }) => `certificate: "${subject.text}" belongs to a sandbox`),
    ...findWrongKey(role, leaf, key, present?.publicKeySpki),
    ...findUnfit(certificates, custody.clock())
      .filter((finding) => stored.some((name) => finding.startsWith(`${name}.pem`)))
      .filter((finding) => !finding.endsWith('belongs to a sandbox')),
  ]);
  const keyStored = key !== undefined && present === undefined;
  if (keyStored) {
    if (custody.keyStore.adopt === undefined)
      throw invalid('keys: this key store takes no keys from outside');
    await custody.keyStore.adopt(role, key);
  }
  for (const name of AUTHORITY_NAMES.filter((candidate) => stored.includes(candidate))) {
    const certificate = certificates.get(name);
    if (certificate !== undefined) await custody.directory.replace(name, certificate);
  }
  return { certificates: stored, keyStored };
}

/** Certificates above the leaf, by what they are: the self-issued one is the root, another authority the issuing one. */
function placesOf(above: readonly Certificate[]): readonly (readonly [AuthorityName, Certificate])[] {
  return above.map((certificate) => [
    equalBytes(certificate.issuer.der, certificate.subject.der) ? 'root' : 'issuing',
    certificate,
  ]);
}

function findWrongKey(
  role: AuthorityName,
  { publicKeySpki }: Certificate,
  key: KeyObject | undefined,
  present: Uint8Array | undefined,
): string[] {
  const findings: string[] = [];
  const given = key && createPublicKey(key).export({ type: 'spki', format: 'der' });
  if (key !== undefined) findings.push(...findWeakKey(key));
  if (given === undefined && present === undefined && role !== 'root') {
    findings.push(`key: there is none for ${role}; give its file`);
  }
  if (given !== undefined && !equalBytes(given, publicKeySpki))
    findings.push('key: the certificate is of another key');
  if (present === undefined) return findings;
  if (given !== undefined && !equalBytes(given, present)) {
    findings.push(`key: ${role} has another one already; take that one out of the store first`);
  } else if (given === undefined && !equalBytes(present, publicKeySpki)) {
    findings.push(`certificate: it is not of the key ${role} of the store`);
  }
  return findings;
}

/** Only what this service signs with, in strengths that hold (TS 119 312 §6.2.2). */
export function findWeakKey({ asymmetricKeyType, asymmetricKeyDetails = {} }: KeyObject): string[] {
  const { modulusLength = 0, publicExponent = 0n, namedCurve } = asymmetricKeyDetails;
  if (asymmetricKeyType === 'ec' && namedCurve === 'prime256v1') return [];
  if (asymmetricKeyType !== 'rsa') return ['key: neither RSA nor ECDSA P-256'];
  return [
    ...(modulusLength < MIN_RSA_BITS ? [`key: RSA of ${modulusLength} bits is too short`] : []),
    ...(publicExponent < MIN_RSA_EXPONENT ? ['key: its RSA exponent is too small'] : []),
  ];
}

function readCertificates(pem: string): readonly Certificate[] {
  try {
    return certificatesFromPem(pem);
  } catch (error) {
    if (error instanceof PkiError) throw invalid(`certificate: ${error.message}`);
    throw error;
  }
}

/** PEM of a PKCS#8. @throws OssError OSS_CONFIG_INVALID */
export function readKey(pem: string, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch (cause) {
    const isLocked = /ENCRYPTED/.test(pem);
    throw invalid(
      isLocked
        ? 'key: the passphrase does not open it (ONESHOT_KEY_PASSPHRASE)'
        : 'key: it is no private key in PEM',
      cause,
    );
  }
}

const invalid = (reason: string, cause?: unknown): OssError =>
  new OssError('OSS_CONFIG_INVALID', { reason }, { cause });
