/** Signs a hash that is there already, as a signing service does: Node's own functions hash by themselves. */
import { constants, createECDH, createHash, type KeyObject, privateEncrypt, randomBytes } from 'node:crypto';

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

/** RSASSA-PSS with SHA-256, MGF1 and a salt of 32 octets (RFC 8017 §9.1.1), for a modulus of whole octets. */
export function signHashByPss(key: KeyObject, hash: Uint8Array): Uint8Array {
  const length = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  const salt = randomBytes(32);
  const digest = createHash('sha256').update(Buffer.alloc(8)).update(hash).update(salt).digest();
  const block = Buffer.concat([Buffer.alloc(length - 66), Buffer.of(1), salt]);
  const mask = maskOf(digest, block.length);
  const masked = block.map((octet, index) => octet ^ (mask[index] ?? 0));
  masked[0] = (masked[0] ?? 0) & 0x7f;
  const encoded = Buffer.concat([masked, digest, Buffer.of(0xbc)]);
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, encoded);
}

/** MGF1 (RFC 8017 appendix B.2.1). */
function maskOf(seed: Uint8Array, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, counter) => {
    const number = Buffer.alloc(4);
    number.writeUInt32BE(counter);
    return createHash('sha256').update(seed).update(number).digest();
  });
  return Buffer.concat(blocks).subarray(0, length);
}
