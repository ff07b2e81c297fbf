/**
 * What cryptography is relied on (EN 319 102-1 §5.2.8; values of ETSI TS 119 312). One table for all: signers,
 * authorities, time-stamp units, responders, and whatever they sign. An algorithm that has ended is not revived by an
 * old date: a forger chooses the date too, so that nothing below the floor is ever valid.
 */
import { OID } from '../oids.ts';

export type DigestName = 'sha256' | 'sha384' | 'sha512' | 'sha3-256' | 'sha3-384' | 'sha3-512';

/** TS 119 312 §5: the SHA-2 and SHA-3 functions of at least 256 bits. */
export const DIGESTS: Readonly<Record<string, DigestName>> = Object.freeze({
  [OID.sha256]: 'sha256',
  [OID.sha384]: 'sha384',
  [OID.sha512]: 'sha512',
  '2.16.840.1.101.3.4.2.8': 'sha3-256',
  '2.16.840.1.101.3.4.2.9': 'sha3-384',
  '2.16.840.1.101.3.4.2.10': 'sha3-512',
});

/** Digests that no longer bind anything (TS 119 312 gives SHA-1 up in 2009, the others before). */
export const WEAK_DIGESTS: Readonly<Record<string, string>> = Object.freeze({
  [OID.sha1]: 'SHA-1',
  '1.2.840.113549.2.2': 'MD2',
  '1.2.840.113549.2.4': 'MD4',
  '1.2.840.113549.2.5': 'MD5',
  '1.3.36.3.2.1': 'RIPEMD-160',
  '1.3.36.3.2.2': 'RIPEMD-128',
  '2.16.840.1.101.3.4.2.4': 'SHA-224',
  '2.16.840.1.101.3.4.2.7': 'SHA3-224',
});

/** Signature algorithms below the floor, by what is wrong with them. */
export const WEAK_SIGNATURES: Readonly<Record<string, string>> = Object.freeze({
  '1.2.840.113549.1.1.2': 'RSA with MD2',
  '1.2.840.113549.1.1.3': 'RSA with MD4',
  '1.2.840.113549.1.1.4': 'RSA with MD5',
  '1.2.840.113549.1.1.5': 'RSA with SHA-1',
  '1.3.14.3.2.29': 'RSA with SHA-1',
  '1.3.14.3.2.15': 'RSA with SHA-1',
  '1.3.14.3.2.3': 'RSA with MD5',
  '1.3.36.3.3.1.2': 'RSA with RIPEMD-160',
  '1.2.840.113549.1.1.14': 'RSA with SHA-224',
  '2.16.840.1.101.3.4.3.13': 'RSA with SHA3-224',
  '1.2.840.10045.4.1': 'ECDSA with SHA-1',
  '1.2.840.10045.4.3.1': 'ECDSA with SHA-224',
  '2.16.840.1.101.3.4.3.9': 'ECDSA with SHA3-224',
  '1.2.840.10040.4.1': 'DSA',
  '1.2.840.10040.4.3': 'DSA with SHA-1',
  '1.3.14.3.2.12': 'DSA',
  '1.3.14.3.2.13': 'DSA with SHA-1',
  '1.3.14.3.2.27': 'DSA with SHA-1',
  '2.16.840.1.101.3.4.3.1': 'DSA with SHA-224',
  '2.16.840.1.101.3.4.3.2': 'DSA with SHA-256',
  '2.16.840.1.101.3.4.3.3': 'DSA with SHA-384',
  '2.16.840.1.101.3.4.3.4': 'DSA with SHA-512',
});

/**
 * TS 119 312 §6.2.2 wants 3000 bits for new keys and carries 2048 as legacy without an end before 2029; FIPS 186-5 §5.1
 * has the bounds of the exponent. The largest modulus is that of work, not of strength.
 */
export const RSA = Object.freeze({
  minModulusBits: 2048,
  maxModulusBits: 8192,
  minExponent: 65_537n,
  maxExponentBits: 256,
});

/** TS 119 312 V1.5.1 table 5: shorter RSA keys are legacy, and what rests on them alone is to be renewed before then. */
export const SHORT_RSA = Object.freeze({ belowBits: 3000, end: new Date('2029-01-01T00:00:00Z') });

export interface Curve {
  readonly name: string;
  /** What checking one signature costs, with P-256 as 1. */
  readonly cost: number;
}

/** TS 119 312 §6.2.2.3: NIST and Brainpool curves of at least 256 bits, by name. */
export const CURVES: Readonly<Record<string, Curve>> = Object.freeze({
  [OID.curveP256]: { name: 'P-256', cost: 1 },
  '1.3.132.0.34': { name: 'P-384', cost: 8 },
  '1.3.132.0.35': { name: 'P-521', cost: 10 },
  '1.3.36.3.3.2.8.1.1.7': { name: 'brainpoolP256r1', cost: 3 },
  '1.3.36.3.3.2.8.1.1.11': { name: 'brainpoolP384r1', cost: 8 },
  '1.3.36.3.3.2.8.1.1.13': { name: 'brainpoolP512r1', cost: 10 },
});

/** Curves that are known and not relied on, by the name under which people know them. */
export const OTHER_CURVES: Readonly<Record<string, string>> = Object.freeze({
  '1.3.132.0.6': 'secp112r1',
  '1.3.132.0.7': 'secp112r2',
  '1.3.132.0.28': 'secp128r1',
  '1.3.132.0.29': 'secp128r2',
  '1.3.132.0.8': 'secp160r1',
  '1.3.132.0.9': 'secp160k1',
  '1.3.132.0.30': 'secp160r2',
  '1.2.840.10045.3.1.1': 'P-192',
  '1.3.132.0.31': 'secp192k1',
  '1.3.132.0.32': 'secp224k1',
  '1.3.132.0.33': 'P-224',
  '1.3.132.0.10': 'secp256k1',
  '1.3.36.3.3.2.8.1.1.1': 'brainpoolP160r1',
  '1.3.36.3.3.2.8.1.1.3': 'brainpoolP192r1',
  '1.3.36.3.3.2.8.1.1.5': 'brainpoolP224r1',
  '1.3.36.3.3.2.8.1.1.8': 'brainpoolP256t1',
  '1.3.36.3.3.2.8.1.1.12': 'brainpoolP384t1',
  '1.3.36.3.3.2.8.1.1.14': 'brainpoolP512t1',
});
