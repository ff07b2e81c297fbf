/** The signature schemes we make, the wider set we accept, and the port through which keys sign. */
import { constants, createHash, type KeyObject, verify } from 'node:crypto';
import type { SignatureScheme } from '../contract/model/key-algorithm.ts';
import { DIGESTS, type DigestName, WEAK_DIGESTS, WEAK_SIGNATURES } from './crypto-constraints/table.ts';
import { DerReader, readSequence } from './der/reader.ts';
import { contextConstructed } from './der/tags.ts';
import { integer, NULL, oid, sequence, tagged } from './der/writer.ts';
import { malformed, PkiError } from './errors.ts';
import { OID } from './oids.ts';

export type { SignatureScheme } from '../contract/model/key-algorithm.ts';

/** A private key that may be elsewhere (memory, encrypted file, HSM): it signs, it never shows itself. */
export interface Signer {
  readonly scheme: SignatureScheme;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKeySpki: Uint8Array;
  /** Signs the SHA-256 of `data`; ECDSA values are DER `ECDSA-Sig-Value`. */
  sign(data: Uint8Array): Promise<Uint8Array>;
  /** Signs a SHA-256 that was computed elsewhere; absent where the key cannot, as ECDSA keys of our own memory. */
  signDigest?(sha256: Uint8Array): Promise<Uint8Array>;
}

export type { DigestName } from './crypto-constraints/table.ts';

export interface SignatureAlgorithm {
  readonly family: 'ecdsa' | 'rsa-pkcs1' | 'rsa-pss' | 'ed25519';
  readonly digest: DigestName;
  readonly saltLength?: number;
}

const SIGNATURES: Readonly<Record<string, SignatureAlgorithm>> = {
  [OID.ecdsaSha256]: { family: 'ecdsa', digest: 'sha256' },
  [OID.ecdsaSha384]: { family: 'ecdsa', digest: 'sha384' },
  [OID.ecdsaSha512]: { family: 'ecdsa', digest: 'sha512' },
  [OID.rsaSha256]: { family: 'rsa-pkcs1', digest: 'sha256' },
  [OID.rsaSha384]: { family: 'rsa-pkcs1', digest: 'sha384' },
  [OID.rsaSha512]: { family: 'rsa-pkcs1', digest: 'sha512' },
  // NIST's arc for SHA-3 (RFC 9688 §3).
  '2.16.840.1.101.3.4.3.10': { family: 'ecdsa', digest: 'sha3-256' },
  '2.16.840.1.101.3.4.3.11': { family: 'ecdsa', digest: 'sha3-384' },
  '2.16.840.1.101.3.4.3.12': { family: 'ecdsa', digest: 'sha3-512' },
  '2.16.840.1.101.3.4.3.14': { family: 'rsa-pkcs1', digest: 'sha3-256' },
  '2.16.840.1.101.3.4.3.15': { family: 'rsa-pkcs1', digest: 'sha3-384' },
  '2.16.840.1.101.3.4.3.16': { family: 'rsa-pkcs1', digest: 'sha3-512' },
  // In CMS with SHA-512 for the content (RFC 8419 §3.1).
  [OID.ed25519]: { family: 'ed25519', digest: 'sha512' },
};
/** A key with the identifier id-RSASSA-PSS is for PSS alone (RFC 4055 §1.2). */
const KEY_TYPES: Readonly<Record<SignatureAlgorithm['family'], readonly string[]>> = {
  ecdsa: ['ec'],
  'rsa-pkcs1': ['rsa'],
  'rsa-pss': ['rsa', 'rsa-pss'],
  ed25519: ['ed25519'],
};

/** More than any accepted key has room for. */
const MAX_SALT_BYTES = 1024;
/** RFC 4055 §3.1. */
const PSS_DEFAULT_SALT_BYTES = 20;
const PSS_TRAILER = 1;

/** In octets: that of the digest (RFC 4055 §3.1 recommends it). */
const PSS_SALT_BYTES = 32;
const SHA256_WITH_NULL = sequence(oid(OID.sha256), NULL);

/** DER RSASSA-PSS-params of SHA-256 (RFC 4055 §3.1). */
export const PSS_SHA256_PARAMETERS: Uint8Array = sequence(
  tagged(0, SHA256_WITH_NULL),
  tagged(1, sequence(oid(OID.mgf1), SHA256_WITH_NULL)),
  tagged(2, integer(PSS_SALT_BYTES)),
);

/** RFC 5754 §3: ECDSA identifiers have no parameters, RSA ones have NULL. */
const SCHEME_IDENTIFIERS: Readonly<Record<SignatureScheme, Uint8Array>> = {
  'ecdsa-p256-sha256': sequence(oid(OID.ecdsaSha256)),
  'rsa-pkcs1-sha256': sequence(oid(OID.rsaSha256), NULL),
  'rsa-pss-sha256': sequence(oid(OID.rsaPss), PSS_SHA256_PARAMETERS),
};

/** DER AlgorithmIdentifier of a scheme. */
export const schemeIdentifier = (scheme: SignatureScheme): Uint8Array => SCHEME_IDENTIFIERS[scheme];

/** DER AlgorithmIdentifier of SHA-256, which everything here is hashed with; parameters absent (RFC 5754 §2). */
export const SHA256_IDENTIFIER: Uint8Array = sequence(oid(OID.sha256));

export function digest(name: DigestName | 'sha1', data: Uint8Array): Uint8Array {
  return createHash(name).update(data).digest();
}

/** The scheme with which the key of this SubjectPublicKeyInfo signs. @throws PkiError `unsupported-algorithm`. */
export function schemeOfKey(spki: Uint8Array): SignatureScheme {
  const algorithm = readSequence(spki).sequence();
  const type = algorithm.oid();
  if (type === OID.rsaEncryption) return 'rsa-pkcs1-sha256';
  if (type === OID.ecPublicKey && algorithm.oid() === OID.curveP256) return 'ecdsa-p256-sha256';
  throw new PkiError('unsupported-algorithm', 'public key is neither RSA nor ECDSA P-256');
}

/** Reads a digest AlgorithmIdentifier. @throws what digestNameOf throws. */
export function readDigestIdentifier(reader: DerReader): DigestName {
  return digestNameOf(reader.sequence().oid());
}

/**
 * The digest of this object identifier.
 * @throws PkiError `weak-cryptography` for one that binds nothing any more, `unsupported-algorithm` for one that
 * nobody here can compute.
 */
export function digestNameOf(identifier: string): DigestName {
  const weak = WEAK_DIGESTS[identifier];
  if (weak !== undefined) throw new PkiError('weak-cryptography', `the digest ${weak}`);
  const name = DIGESTS[identifier];
  if (name === undefined) throw new PkiError('unsupported-algorithm', `the digest ${identifier}`);
  return requireAvailable(name);
}

/** The cryptography of Electron has no SHA-3. */
function requireAvailable(name: DigestName): DigestName {
  if (!name.startsWith('sha3')) return name;
  try {
    createHash(name);
  } catch (cause) {
    throw new PkiError('unsupported-algorithm', `the digest ${name}, which this program lacks`, { cause });
  }
  return name;
}

/**
 * Reads a signature AlgorithmIdentifier. `digestOfSigner` serves CMS, where plain `rsaEncryption` leaves the
 * digest to the SignerInfo (RFC 5754 §3.2).
 * @throws PkiError `weak-cryptography` or `unsupported-algorithm`.
 */
export function readSignatureIdentifier(reader: DerReader, digestOfSigner?: DigestName): SignatureAlgorithm {
  const fields = reader.sequence();
  const type = fields.oid();
  if (type === OID.rsaPss) return readPssParameters(fields);
  if (type === OID.rsaEncryption && digestOfSigner !== undefined) {
    return { family: 'rsa-pkcs1', digest: digestOfSigner };
  }
  const weak = WEAK_SIGNATURES[type];
  if (weak !== undefined) throw new PkiError('weak-cryptography', `signed by ${weak}`);
  const algorithm = SIGNATURES[type];
  if (algorithm === undefined) throw new PkiError('unsupported-algorithm', `the signature algorithm ${type}`);
  requireAvailable(algorithm.digest);
  return algorithm;
}

/** RSASSA-PSS-params (RFC 4055 §3.1): what is left out is SHA-1, except for salt and trailer. */
function readPssParameters(fields: DerReader): SignatureAlgorithm {
  const parameters = fields.atEnd ? new DerReader(new Uint8Array()) : fields.sequence();
  const hash = parameters.optionalInside(contextConstructed(0));
  const mask = parameters.optionalInside(contextConstructed(1))?.sequence();
  const salt = parameters.optionalInside(contextConstructed(2))?.smallInteger();
  const trailer = parameters.optionalInside(contextConstructed(3))?.smallInteger();
  parameters.end();
  const name = hash ? readDigestIdentifier(hash) : digestNameOf(OID.sha1);
  if (mask !== undefined && mask.oid() !== OID.mgf1)
    throw new PkiError('unsupported-algorithm', 'the mask function of PSS');
  const maskDigest = mask ? readDigestIdentifier(mask) : digestNameOf(OID.sha1);
  if (maskDigest !== name)
    throw new PkiError(
      'unsupported-algorithm',
      'PSS with one digest for the message and another for the mask',
    );
  const saltLength = salt ?? PSS_DEFAULT_SALT_BYTES;
  if (saltLength < 0 || saltLength > MAX_SALT_BYTES) throw malformed('PSS salt length');
  if ((trailer ?? PSS_TRAILER) !== PSS_TRAILER) throw malformed('PSS trailer');
  return { family: 'rsa-pss', digest: name, saltLength };
}

/**
 * Whether the signature verifies with the key, however weak that is. False, too, for a key of another kind, or one
 * whose own parameters do not allow the algorithm (RFC 4055 §3.3).
 */
export function verifySignature(
  algorithm: SignatureAlgorithm,
  key: KeyObject,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (!KEY_TYPES[algorithm.family].includes(key.asymmetricKeyType ?? '')) return false;
  try {
    return verify(hashOf(algorithm), data, verifyingKey(algorithm, key), signature);
  } catch {
    // OpenSSL throws, instead of answering no, where key or parameters exclude the signature.
    return false;
  }
}

/** Ed25519 hashes by itself, twice. */
const hashOf = ({ family, digest: name }: SignatureAlgorithm): DigestName | null =>
  family === 'ed25519' ? null : name;

const verifyingKey = ({ family, saltLength = 0 }: SignatureAlgorithm, key: KeyObject) =>
  family === 'rsa-pss' ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength } : key;
