import { createPublicKey } from 'node:crypto';
import type { KeyAlgorithm } from '../../../contract/model/key-algorithm.ts';
import type { PublicPart } from './protocol.ts';

const UNCOMPRESSED = 0x04;
const OCTET_STRING = 0x04;
const P256_POINT_BYTES = 65;
const RSA_ALGORITHMS: Readonly<Record<number, KeyAlgorithm>> = {
  2048: 'rsa-2048',
  3072: 'rsa-3072',
  4096: 'rsa-4096',
};

/**
 * CKA_EC_POINT as tokens give it: the point inside an OCTET STRING (PKCS#11 2.40 §2.3.3), or bare as some older ones do.
 * @throws RangeError when it is no point of P-256
 */
export function ecPublicPart(value: Uint8Array): PublicPart {
  const point = value[0] === OCTET_STRING && value[1] === P256_POINT_BYTES ? value.subarray(2) : value;
  if (point.length !== P256_POINT_BYTES || point[0] !== UNCOMPRESSED)
    throw new RangeError('not a P-256 point');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) =>
    Buffer.from(half).toString('base64url'),
  );
  const key = { kty: 'EC', crv: 'P-256', x: x as string, y: y as string };
  return { algorithm: 'ecdsa-p256', spki: toSpki(key) };
}

/** @throws RangeError for a length that we do not sign with */
export function rsaPublicPart(modulus: Uint8Array, exponent: Uint8Array): PublicPart {
  const n = withoutZeros(modulus);
  const algorithm = RSA_ALGORITHMS[n.length * 8];
  if (algorithm === undefined) throw new RangeError(`RSA of ${n.length * 8} bits`);
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
  return { algorithm, spki: toSpki({ kty: 'RSA', n: base64(n), e: base64(withoutZeros(exponent)) }) };
}

const toSpki = (key: Record<string, string>): Uint8Array =>
  createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'der' });

function withoutZeros(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((octet) => octet !== 0);
  return first < 0 ? bytes.subarray(0, 0) : bytes.subarray(first);
}
