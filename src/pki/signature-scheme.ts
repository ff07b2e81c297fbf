/** The signature schemes we make, the wider set we accept, and the port through which keys sign. */
import { constants, createHash, type KeyObject, verify } from 'node:crypto';
import { type DerReader, readSequence } from './der/reader.ts';
import { contextConstructed } from './der/tags.ts';
import { NULL, oid, sequence } from './der/writer.ts';
import { malformed, PkiError } from './errors.ts';
import { OID } from './oids.ts';

/** What our signers produce; the hash is SHA-256 throughout. */
export type SignatureScheme = 'ecdsa-p256-sha256' | 'rsa-pkcs1-sha256';

/** A private key that may be elsewhere (memory, encrypted file, HSM): it signs, it never shows itself. */
export interface Signer {
  readonly scheme: SignatureScheme;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKeySpki: Uint8Array;
  /** Signs the SHA-256 of `data`; ECDSA values are DER `ECDSA-Sig-Value`. */
  sign(data: Uint8Array): Promise<Uint8Array>;
}

/** Digests of at least SHA-256 strength: the floor for anything we verify (TS 119 312). */
export type DigestName = 'sha256' | 'sha384' | 'sha512';

export interface SignatureAlgorithm {
  readonly family: 'ecdsa' | 'rsa-pkcs1' | 'rsa-pss' | 'ed25519';
  readonly digest: DigestName;
  readonly saltLength?: number;
}

const DIGESTS: Readonly<Record<string, DigestName>> = {
  [OID.sha256]: 'sha256',
  [OID.sha384]: 'sha384',
  [OID.sha512]: 'sha512',
};

const SIGNATURES: Readonly<Record<string, SignatureAlgorithm>> = {
  [OID.ecdsaSha256]: { family: 'ecdsa', digest: 'sha256' },
  [OID.ecdsaSha384]: { family: 'ecdsa', digest: 'sha384' },
  [OID.ecdsaSha512]: { family: 'ecdsa', digest: 'sha512' },
  [OID.rsaSha256]: { family: 'rsa-pkcs1', digest: 'sha256' },
  [OID.rsaSha384]: { family: 'rsa-pkcs1', digest: 'sha384' },
  [OID.rsaSha512]: { family: 'rsa-pkcs1', digest: 'sha512' },
  // In CMS with SHA-512 for the content (RFC 8419 §3.1).
  [OID.ed25519]: { family: 'ed25519', digest: 'sha512' },
};
const KEY_TYPES = { ecdsa: 'ec', 'rsa-pkcs1': 'rsa', 'rsa-pss': 'rsa', ed25519: 'ed25519' } as const;

const DIGEST_OIDS: Readonly<Record<DigestName, string>> = {
  sha256: OID.sha256,
  sha384: OID.sha384,
  sha512: OID.sha512,
};

/** RFC 5754 §3: ECDSA identifiers have no parameters, RSA ones have NULL. */
const SCHEME_IDENTIFIERS: Readonly<Record<SignatureScheme, Uint8Array>> = {
  'ecdsa-p256-sha256': sequence(oid(OID.ecdsaSha256)),
  'rsa-pkcs1-sha256': sequence(oid(OID.rsaSha256), NULL),
};

/** DER AlgorithmIdentifier of a scheme. */
export const schemeIdentifier = (scheme: SignatureScheme): Uint8Array => SCHEME_IDENTIFIERS[scheme];

/** DER AlgorithmIdentifier of a digest; parameters absent (RFC 5754 §2). */
export const digestIdentifier = (name: DigestName): Uint8Array => sequence(oid(DIGEST_OIDS[name]));

export function digest(name: DigestName | 'sha1', data: Uint8Array): Uint8Array {
  return createHash(name).update(data).digest();
}

/** The scheme with which the key of this SubjectPublicKeyInfo signs. Throws PkiError `unsupported-algorithm`. */
export function schemeOfKey(spki: Uint8Array): SignatureScheme {
  const algorithm = readSequence(spki).sequence();
  const type = algorithm.oid();
  if (type === OID.rsaEncryption) return 'rsa-pkcs1-sha256';
  if (type === OID.ecPublicKey && algorithm.oid() === OID.curveP256) return 'ecdsa-p256-sha256';
  throw new PkiError('unsupported-algorithm', 'public key is neither RSA nor ECDSA P-256');
}

/** Reads a digest AlgorithmIdentifier. Throws PkiError `unsupported-algorithm` below SHA-256 (PA-18). */
export function readDigestIdentifier(reader: DerReader): DigestName {
  return digestNameOf(reader.sequence().oid());
}

/** The digest of this object identifier. Throws PkiError `unsupported-algorithm` below SHA-256 (PA-18). */
export function digestNameOf(identifier: string): DigestName {
  const name = DIGESTS[identifier];
  if (name === undefined)
    throw new PkiError('unsupported-algorithm', 'digest weaker than SHA-256 or unknown');
  return name;
}

/**
 * Reads a signature AlgorithmIdentifier. `digestOfSigner` serves CMS, where plain `rsaEncryption` leaves the
 * digest to the SignerInfo (RFC 5754 §3.2). Throws PkiError `unsupported-algorithm`.
 */
export function readSignatureIdentifier(reader: DerReader, digestOfSigner?: DigestName): SignatureAlgorithm {
  const fields = reader.sequence();
  const type = fields.oid();
  if (type === OID.rsaPss) return readPssParameters(fields);
  if (type === OID.rsaEncryption && digestOfSigner !== undefined) {
    return { family: 'rsa-pkcs1', digest: digestOfSigner };
  }
  const algorithm = SIGNATURES[type];
  if (algorithm === undefined) throw new PkiError('unsupported-algorithm', `signature algorithm ${type}`);
  return algorithm;
}

/** RSASSA-PSS-params (RFC 4055 §3.1) with everything explicit: the defaults are SHA-1 and refused. */
function readPssParameters(fields: DerReader): SignatureAlgorithm {
  const parameters = fields.sequence();
  const name = readDigestIdentifier(parameters.inside(contextConstructed(0)));
  const mask = parameters.inside(contextConstructed(1)).sequence();
  if (mask.oid() !== OID.mgf1 || readDigestIdentifier(mask) !== name) throw malformed('PSS mask function');
  const saltLength = parameters.inside(contextConstructed(2)).smallInteger();
  return { family: 'rsa-pss', digest: name, saltLength };
}

export function verifySignature(
  algorithm: SignatureAlgorithm,
  key: KeyObject,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (key.asymmetricKeyType !== KEY_TYPES[algorithm.family]) return false;
  // It hashes by itself, twice.
  if (algorithm.family === 'ed25519') return verify(null, data, key, signature);
  if (algorithm.family !== 'rsa-pss') return verify(algorithm.digest, data, key, signature);
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return verify(algorithm.digest, data, { key, padding, saltLength: algorithm.saltLength ?? 0 }, signature);
}
