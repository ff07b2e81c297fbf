import { OssError } from '../../../contract/errors.ts';
import { toBase64 } from '../../../contract/model/encoding.ts';
import type { Identity } from '../../../contract/model/identity.ts';
import type { CscCredential } from '../../../contract/model/provider.ts';
import {
  PkiError,
  PSS_SHA256_PARAMETERS,
  parseCertificate,
  type SignatureScheme,
  schemeOfKey,
} from '../../../pki/index.ts';
import type { CscApi } from './csc-api.ts';
import { credentialSchema, listSchema } from './wire.ts';

/** A key at the provider, v1 and v2 told alike. */
export interface Credential {
  /** Empty for one that is only made when it signs. */
  readonly id: string;
  /** DER, the signer's first; empty where the certificate is only made when it signs. */
  readonly certificates: readonly Uint8Array[];
  /** Object identifiers of what it signs with. */
  readonly algorithms: readonly string[];
  /** How many hashes one authorisation covers. */
  readonly multisign: number;
  readonly mode: 'implicit' | 'explicit' | 'oauth2code';
  /** Under which the provider expects a PIN of its owner. */
  readonly pin: string | undefined;
  /** Under which it expects the code that it sends, and whether it sends one at all. */
  readonly otp: { readonly id: string; readonly isSent: boolean } | undefined;
}

/** @throws OssError OSS_REQUEST_INVALID where the provider has no credential, or several, for this signer */
export async function credentialIdFor(
  api: CscApi,
  choice: CscCredential,
  identity: Identity,
): Promise<string> {
  if (choice.type === 'fixed') return choice.id;
  if (choice.type === 'one-shot') return ONE_SHOT.id;
  const userID = choice.type === 'of-signer' ? userIdOf(choice.userId, identity) : undefined;
  const query = { ...(userID === undefined ? {} : { userID }), maxResults: 2 };
  const { credentialIDs } = await api.call('credentials/list', query, listSchema);
  const [only, ...others] = new Set(credentialIDs);
  if (only === undefined)
    throw new OssError('OSS_REQUEST_INVALID', { reason: 'the provider has no key for this signer' });
  if (others.length > 0)
    throw new OssError('OSS_REQUEST_INVALID', { reason: 'the provider has several keys for this signer' });
  return only;
}

function userIdOf(
  by: Extract<CscCredential, { type: 'of-signer' }>['userId'],
  { idDocument, email, mobilePhone }: Identity,
): string {
  const value = { 'document-number': idDocument.number, email, phone: mobilePhone }[by];
  if (value === undefined) throw new OssError('OSS_REQUEST_INVALID', { fields: [by] });
  return value;
}

/** How many hashes such a key signs, no provider says beforehand; what it returns is counted. */
const ONE_SHOT: Credential = Object.freeze({
  id: '',
  certificates: [],
  algorithms: [],
  multisign: 100,
  mode: 'oauth2code',
  pin: undefined,
  otp: undefined,
});

/** @throws OssError OSS_REQUEST_INVALID for a key that cannot be used now */
export async function readCredential(api: CscApi, credentialID: string): Promise<Credential> {
  if (credentialID === ONE_SHOT.id) return ONE_SHOT;
  const read = await api.call(
    'credentials/info',
    { credentialID, certificates: 'chain', certInfo: false, authInfo: true },
    credentialSchema,
  );
  const { key, cert, auth } = read;
  if (key.status !== 'enabled') throw unusable('its key is disabled');
  // What is not known to be valid is not used.
  if (cert.status !== undefined && cert.status !== 'valid') throw unusable('its certificate is not valid');
  const mode = (auth?.mode ?? read.authMode ?? 'implicit').toLowerCase();
  return {
    id: credentialID,
    certificates: cert.certificates,
    algorithms: key.algo,
    multisign: read.multisign,
    mode: mode === 'explicit' || mode === 'oauth2code' ? mode : 'implicit',
    pin: auth
      ? auth.objects.find(({ type }) => isPassword(type))?.id
      : read.PIN?.presence
        ? 'PIN'
        : undefined,
    otp: auth ? otpIn(auth.objects) : otpOfVersion1(read.OTP),
  };
}

const unusable = (reason: string) =>
  new OssError('OSS_REQUEST_INVALID', { reason: `the credential cannot be used: ${reason}` });

const isPassword = (type: string): boolean => /^password/i.test(type);

function otpIn(objects: readonly { type: string; id: string }[]): Credential['otp'] {
  const other = objects.find(({ type }) => !isPassword(type));
  return other && { id: other.id, isSent: /^challenge/i.test(other.type) };
}

const otpOfVersion1 = (otp: { presence: boolean; type: string } | undefined): Credential['otp'] =>
  otp?.presence ? { id: 'OTP', isSent: otp.type !== 'offline' } : undefined;

/** What signHash is asked to sign with. */
export interface SignAlgorithm {
  readonly scheme: SignatureScheme;
  readonly oid: string;
  /** DER in base64, where the identifier alone does not say everything. */
  readonly parameters?: string;
}

const PSS = '1.2.840.113549.1.1.10';
/** Without them a provider would have to guess hash, mask and salt (CSC API v2 §11.10). */
export const parametersOf = (oid: string): Pick<SignAlgorithm, 'parameters'> =>
  oid === PSS ? { parameters: toBase64(PSS_SHA256_PARAMETERS) } : {};

const OIDS: Readonly<Record<SignatureScheme, readonly string[]>> = {
  // With its hash first: then no server has to guess.
  'ecdsa-p256-sha256': ['1.2.840.10045.4.3.2', '1.2.840.10045.2.1'],
  'rsa-pkcs1-sha256': ['1.2.840.113549.1.1.11', '1.2.840.113549.1.1.1'],
  'rsa-pss-sha256': [PSS],
};

/** @throws OssError OSS_REQUEST_INVALID for a key whose signatures cannot be put into a document here */
export function algorithmOf({ certificates: [own], algorithms }: Credential): SignAlgorithm {
  if (own === undefined) throw unusable('its certificate is not known before it signs');
  try {
    const usual = schemeOfKey(parseCertificate(own).publicKeySpki);
    // An RSA key signs either way; some providers offer PSS alone.
    for (const scheme of usual === 'rsa-pkcs1-sha256' ? [usual, 'rsa-pss-sha256' as const] : [usual]) {
      const oid = OIDS[scheme].find((one) => algorithms.includes(one));
      if (oid !== undefined) return { scheme, oid, ...parametersOf(oid) };
    }
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
  }
  throw unusable('it signs neither with ECDSA P-256 nor with RSA, both with SHA-256');
}
