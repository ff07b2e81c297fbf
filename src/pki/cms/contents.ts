/** The `/Contents` placeholder: how large it must be, and what may lie in it. */
import { KEY_KINDS, type KeyAlgorithm, type KeyKind } from '../../contract/model/key-algorithm.ts';
import { DerReader } from '../der/reader.ts';
import { malformed } from '../errors.ts';

/** Largest signature value: DER ECDSA-Sig-Value (RFC 3279 §2.2.3), or the length of the RSA modulus. */
function maxSignatureBytes(kind: KeyKind): number {
  if (kind.family === 'rsa') return kind.modulusBits / 8;
  // Two integers, each with its header and an octet for the sign.
  const integers = 2 * (kind.coordinateBytes + 3);
  return integers + (integers < 128 ? 2 : 3);
}

/** Signed attributes, algorithm identifiers, versions and every header of the structure: about 290 bytes in all. */
const STRUCTURE_BYTES = 400;

/**
 * Upper bound of the bytes that assembleCms can need, for reserving `/Contents` before anything is signed (PA-03,
 * PA-04); hexadecimal digits in the file are twice as many.
 */
export function estimateCmsSize(input: {
  readonly keyAlgorithm: KeyAlgorithm;
  /** DER lengths of all embedded certificates together, the signer's as large as it can get. */
  readonly chainBytes: number;
  /** Largest length of the issuer's DER Name, which the SignerInfo repeats. */
  readonly issuerNameBytes: number;
  /** Largest length of the time-stamp token; 0 for B-B. */
  readonly timestampTokenBytes: number;
}): number {
  const signature = maxSignatureBytes(KEY_KINDS[input.keyAlgorithm]);
  return input.chainBytes + input.issuerNameBytes + input.timestampTokenBytes + signature + STRUCTURE_BYTES;
}

/**
 * The DER value at the start of a `/Contents` string.
 * @throws PkiError `malformed` unless everything after it is zero padding: a second value there could be swapped in
 * unnoticed (PA-03).
 */
export function derOfContents(contents: Uint8Array): Uint8Array {
  const { bytes } = new DerReader(contents).element();
  if (contents.subarray(bytes.length).some((octet) => octet !== 0)) {
    throw malformed('bytes other than zero after the signature value');
  }
  return bytes;
}
