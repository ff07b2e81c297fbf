/** Signs a hash that is there already, as a signing service does: Node's own functions hash by themselves. */
import { constants, createECDH, type KeyObject, privateEncrypt } from 'node:crypto';

/** Order of P-256 (SEC 2 §2.4.2). */
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
/** DigestInfo of SHA-256 in front of the digest (RFC 8017 §9.2, note 1). */
const DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** @returns the signature over a SHA-256 hash; ECDSA as DER */
export function signHashOf(key: KeyObject, hash: Uint8Array): Uint8Array {
  return key.asymmetricKeyType === 'rsa'
    ? privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([DIGEST_INFO, hash]))
    : ecdsa(key, hash);
}

/** FIPS 186-5 §6.4.1; the ephemeral key pair is one of Node. */
function ecdsa(key: KeyObject, hash: Uint8Array): Uint8Array {
  const ephemeral = createECDH('prime256v1');
  const point = ephemeral.generateKeys();
  const [k, r] = [number(ephemeral.getPrivateKey()), number(point.subarray(1, 33)) % N];
  const d = number(Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url'));
  const s = (inverse(k) * (number(hash) + r * d)) % N;
  const body = Buffer.concat([integer(r), integer(s)]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

const number = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);

/** By Fermat: N is prime. */
function inverse(value: bigint): bigint {
  let [result, base] = [1n, value % N];
  for (let exponent = N - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % N;
    base = (base * base) % N;
  }
  return result;
}

/** DER INTEGER of a positive number below 2^256. */
function integer(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const signed = (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
  return Buffer.concat([Buffer.from([0x02, signed.length]), signed]);
}
