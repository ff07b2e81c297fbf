/** How the standard names what our keys do: OIDs of signature algorithms, and what to know of a key. */
import { createPublicKey } from 'node:crypto';
import { KEY_KINDS, type KeyAlgorithm, type SignatureScheme } from '../../contract/model/key-algorithm.ts';

const ECDSA_SHA256 = '1.2.840.10045.4.3.2';
const RSA_SHA256 = '1.2.840.113549.1.1.11';
/** With the digest named beside it. */
const RSA = '1.2.840.113549.1.1.1';
const CURVES: Readonly<Record<string, string>> = { 'P-256': '1.2.840.10045.3.1.7' };

const isRsa = (algorithm: KeyAlgorithm | SignatureScheme): boolean => algorithm.startsWith('rsa');

/** What a caller may ask of such a key. */
export const signAlgorithmsOf = (algorithm: KeyAlgorithm | SignatureScheme): readonly string[] =>
  isRsa(algorithm) ? [RSA_SHA256, RSA] : [ECDSA_SHA256];

export interface CscKey {
  readonly status: 'enabled';
  readonly algo: readonly string[];
  readonly len: number;
  readonly curve?: string;
}

/** A key that is made when it signs. */
export function keyOfAlgorithm(algorithm: KeyAlgorithm): CscKey {
  const kind = KEY_KINDS[algorithm];
  const algo = signAlgorithmsOf(algorithm);
  return kind.family === 'rsa'
    ? { status: 'enabled', algo, len: kind.modulusBits }
    : { status: 'enabled', algo, len: 8 * kind.coordinateBytes, curve: CURVES[kind.curve] ?? '' };
}

/** A key that has a certificate. @param spki DER */
export function keyOfCertificate(spki: Uint8Array, scheme: SignatureScheme): CscKey {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  const { modulusLength } = key.asymmetricKeyDetails ?? {};
  const algo = signAlgorithmsOf(scheme);
  return modulusLength === undefined
    ? { status: 'enabled', algo, len: 256, curve: CURVES['P-256'] ?? '' }
    : { status: 'enabled', algo, len: modulusLength };
}

/** Of all keys of ours. */
export const ALL_SIGN_ALGORITHMS: readonly string[] = [ECDSA_SHA256, RSA_SHA256, RSA];
