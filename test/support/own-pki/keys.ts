/** Keys and signature algorithms of every strength, for certificates and signatures that should not be relied on. */
import {
  constants,
  createHash,
  createPublicKey,
  generateKeyPairSync,
  generatePrimeSync,
  type KeyObject,
  sign,
} from 'node:crypto';
import { TAG } from '../../../src/pki/der/tags.ts';
import { bitString, element, integer, NULL, oid, sequence, tagged } from '../../../src/pki/der/writer.ts';
import { OID } from '../../../src/pki/index.ts';

export interface TestKey {
  /** DER SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  /** DER AlgorithmIdentifier of what `sign` makes. */
  readonly identifier: Uint8Array;
  readonly sign: (data: Uint8Array) => Uint8Array;
  /** PKCS #8, for programs that are not ours; undefined where the key is none that they could use. */
  readonly pem?: () => string;
}

type Hash = 'sha256' | 'sha384' | 'sha512';

const HASHES: readonly Hash[] = ['sha256', 'sha384', 'sha512'];
const RSA = { sha256: OID.rsaSha256, sha384: OID.rsaSha384, sha512: OID.rsaSha512 } as const;
const ECDSA = { sha256: OID.ecdsaSha256, sha384: OID.ecdsaSha384, sha512: OID.ecdsaSha512 } as const;
const RSA_SHA256 = sequence(oid(RSA.sha256), NULL);
const ECDSA_SHA256 = sequence(oid(ECDSA.sha256));

const spkiOf = (privateKey: KeyObject): Uint8Array =>
  createPublicKey(privateKey).export({ type: 'spki', format: 'der' });

const signing = (privateKey: KeyObject, identifier: Uint8Array, hash: string | null = 'sha256'): TestKey => ({
  spki: spkiOf(privateKey),
  identifier,
  sign: (data) => sign(hash, data, privateKey),
  pem: () => privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
});

export const rsaKey = (modulusLength = 2048, publicExponent = 65_537, hash: Hash = 'sha256'): TestKey =>
  signing(
    generateKeyPairSync('rsa', { modulusLength, publicExponent }).privateKey,
    sequence(oid(RSA[hash]), NULL),
    hash,
  );

export const curveKey = (namedCurve = 'P-256', hash: Hash = 'sha256'): TestKey =>
  signing(generateKeyPairSync('ec', { namedCurve }).privateKey, sequence(oid(ECDSA[hash])), hash);

export const ed25519Key = (): TestKey =>
  signing(generateKeyPairSync('ed25519').privateKey, sequence(oid(OID.ed25519)), null);

/** A curve that is written out, as for CVE-2020-0601. */
export const explicitCurveKey = (): TestKey =>
  signing(
    generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' }).privateKey,
    ECDSA_SHA256,
  );

export const dsaKey = (): TestKey =>
  signing(
    generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 }).privateKey,
    sequence(oid('2.16.840.1.101.3.4.3.2')),
  );

/** An RSA key whose signatures are made without any private key: with e = 1 the value is the padded digest itself. */
export function exponentOneKey(exponent = 1n): TestKey {
  const bytes = 256;
  const modulus = generatePrimeSync(1024, { bigint: true }) * generatePrimeSync(1024, { bigint: true });
  return {
    spki: rsaSpki(modulus, exponent),
    identifier: RSA_SHA256,
    sign: (data) => {
      const prefix = Buffer.from('3031300d060960864801650304020105000420', 'hex');
      const digest = Buffer.concat([prefix, createHash('sha256').update(data).digest()]);
      const padding = Buffer.alloc(bytes - digest.length - 3, 0xff);
      return Buffer.concat([Buffer.of(0, 1), padding, Buffer.of(0), digest]);
    },
  };
}

/** The modulus is what it is said to be; nobody has the private key. */
export const keyOfModulus = (modulus: bigint, exponent = 65_537n): TestKey => ({
  ...exponentOneKey(),
  spki: rsaSpki(modulus, exponent),
});

const rsaSpki = (modulus: bigint, exponent: bigint): Uint8Array =>
  sequence(
    sequence(oid(OID.rsaEncryption), NULL),
    bitString(sequence(signedInteger(modulus), integer(exponent))),
  );

/** The same key, signing with a digest that proves nothing any more. */
export function weakDigestKey(digest: 'sha1' | 'md5' | 'ripemd160'): TestKey {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const identifiers = {
    sha1: '1.2.840.113549.1.1.5',
    md5: '1.2.840.113549.1.1.4',
    ripemd160: '1.3.36.3.3.1.2',
  };
  return signing(privateKey, sequence(oid(identifiers[digest]), NULL), digest);
}

/** Negative numbers, too, which nothing of ours writes. */
const signedInteger = (value: bigint): Uint8Array =>
  value >= 0n ? integer(value) : element(TAG.integer, Uint8Array.of(0x80 | Number(value & 0x7fn)));

interface PssParameters {
  readonly hash?: string;
  readonly mask?: string;
  readonly salt?: number;
  readonly trailer?: number;
}

/** PSS with any parameters; those that are undefined are left out. The digest is that of `hash`. */
export function pssKey(
  parameters: PssParameters,
  keyOid: string = OID.rsaEncryption,
  modulusLength = 2048,
): TestKey {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength });
  const { hash, mask, salt, trailer } = parameters;
  const part = (number: number, value: Uint8Array | undefined): Uint8Array[] =>
    value === undefined ? [] : [tagged(number, value)];
  const identifier = sequence(
    oid(OID.rsaPss),
    sequence(
      ...part(0, hash === undefined ? undefined : sequence(oid(hash), NULL)),
      ...part(1, mask === undefined ? undefined : sequence(oid(OID.mgf1), sequence(oid(mask), NULL))),
      ...part(2, salt === undefined ? undefined : signedInteger(BigInt(salt))),
      ...part(3, trailer === undefined ? undefined : integer(trailer)),
    ),
  );
  const spki = spkiOf(privateKey);
  return {
    spki: keyOid === OID.rsaEncryption ? spki : withKeyType(spki, keyOid),
    identifier,
    sign: (data) =>
      sign(HASHES.find((name) => OID[name] === hash) ?? 'sha256', data, {
        key: privateKey,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: Math.max(0, salt ?? 20),
      }),
  };
}

/** Of a 2048-bit key: the headers, and the identifier of rsaEncryption. */
const SPKI_HEADER = 19;

function withKeyType(spki: Uint8Array, keyOid: string): Uint8Array {
  const bits = Buffer.from(spki).subarray(SPKI_HEADER);
  return sequence(sequence(oid(keyOid)), bits);
}
