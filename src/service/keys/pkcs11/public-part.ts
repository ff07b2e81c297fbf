import { createPublicKey } from 'node:crypto';
import { algorithmWith, KEY_KINDS } from '../../../contract/model/key-algorithm.ts';
import type { PublicPart } from './protocol.ts';

const UNCOMPRESSED = 0x04;
const OCTET_STRING = 0x04;

/**
 * CKA_EC_POINT as tokens give it: the point inside an OCTET STRING (PKCS#11 2.40 §2.3.3), or bare as some older ones do.
 * @throws RangeError when it is no point of a curve that we sign with
 */
export function ecPublicPart(value: Uint8Array): PublicPart {
  // By the length: a bare point starts with the same octet as an OCTET STRING.
  const point = onCurve(value.length) === undefined && value[0] === OCTET_STRING ? value.subarray(2) : value;
  const algorithm = onCurve(point.length);
  const kind = algorithm && KEY_KINDS[algorithm];
  if (algorithm === undefined || kind?.family !== 'ec' || point[0] !== UNCOMPRESSED)
    throw new RangeError('not a point of a known curve');
  const size = kind.coordinateBytes;
  const coordinate = (from: number): string =>
    Buffer.from(point.subarray(from, from + size)).toString('base64url');
  const key = { kty: 'EC', crv: kind.curve, x: coordinate(1), y: coordinate(1 + size) };
  return { algorithm, spki: toSpki(key) };
}

/** @throws RangeError for a length that we do not sign with */
export function rsaPublicPart(modulus: Uint8Array, exponent: Uint8Array): PublicPart {
  const n = withoutZeros(modulus);
  const algorithm = algorithmWith((kind) => kind.family === 'rsa' && kind.modulusBits === n.length * 8);
  if (algorithm === undefined) throw new RangeError(`RSA of ${n.length * 8} bits`);
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
  return { algorithm, spki: toSpki({ kty: 'RSA', n: base64(n), e: base64(withoutZeros(exponent)) }) };
}

/** With points of this many octets. */
const onCurve = (pointBytes: number) =>
  algorithmWith((kind) => kind.family === 'ec' && 1 + 2 * kind.coordinateBytes === pointBytes);

const toSpki = (key: Record<string, string>): Uint8Array =>
  createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'der' });

function withoutZeros(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((octet) => octet !== 0);
  return first < 0 ? bytes.subarray(0, 0) : bytes.subarray(first);
}
