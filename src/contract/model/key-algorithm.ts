import { z } from 'zod';

/** What our keys produce, and RSASSA-PSS of other providers; the digest is SHA-256 throughout (TS 119 312). */
export const SIGNATURE_SCHEMES = Object.freeze([
  'ecdsa-p256-sha256',
  'rsa-pkcs1-sha256',
  'rsa-pss-sha256',
] as const);
export type SignatureScheme = (typeof SIGNATURE_SCHEMES)[number];

/** A curve as JWK and OpenSSL call it. */
export type Curve = 'P-256';

/** What sizes, key generation and tokens go by. */
export type KeyKind =
  | {
      readonly family: 'ec';
      readonly curve: Curve;
      readonly coordinateBytes: number;
      readonly spkiBytes: number;
    }
  | { readonly family: 'rsa'; readonly modulusBits: number; readonly spkiBytes: number };

/** Algorithms of single-use keys. `spkiBytes`: the length of the DER SubjectPublicKeyInfo. */
const TABLE = Object.freeze({
  'ecdsa-p256': { family: 'ec', curve: 'P-256', coordinateBytes: 32, spkiBytes: 91 },
  'rsa-2048': { family: 'rsa', modulusBits: 2048, spkiBytes: 294 },
  'rsa-3072': { family: 'rsa', modulusBits: 3072, spkiBytes: 422 },
  'rsa-4096': { family: 'rsa', modulusBits: 4096, spkiBytes: 550 },
} as const satisfies Readonly<Record<string, KeyKind>>);
export type KeyAlgorithm = keyof typeof TABLE;

export const KEY_KINDS: Readonly<Record<KeyAlgorithm, KeyKind>> = TABLE;
export const KEY_ALGORITHMS = Object.freeze(Object.keys(TABLE) as KeyAlgorithm[]);
export const keyAlgorithmSchema = z.enum(KEY_ALGORITHMS);

/** The algorithm whose keys are of this kind; undefined for one that we do not sign with. */
export const algorithmWith = (matches: (kind: KeyKind) => boolean): KeyAlgorithm | undefined =>
  KEY_ALGORITHMS.find((algorithm) => matches(KEY_KINDS[algorithm]));

/** Signature values of tokens: r and s beside each other, or the RSA value. */
export const rawSignatureBytes = (kind: KeyKind): number =>
  kind.family === 'ec' ? 2 * kind.coordinateBytes : kind.modulusBits / 8;
