/** Whether a public key is strong enough to be relied on (EN 319 102-1 §5.2.8). */
import { type DerReader, readSequence } from '../der/reader.ts';
import { TAG } from '../der/tags.ts';
import { PkiError } from '../errors.ts';
import { OID } from '../oids.ts';
import { CURVES, OTHER_CURVES, RSA, SHORT_RSA } from './table.ts';

/** Key types that are neither RSA nor on a curve, by the name under which people know them. */
const OTHER_KEYS: Readonly<Record<string, string>> = Object.freeze({
  '1.2.840.10040.4.1': 'a DSA key',
  '1.3.14.3.2.12': 'a DSA key',
  '1.3.101.113': 'an Ed448 key, which is not supported',
  '1.2.643.7.1.1.1.1': 'a GOST key',
  '1.2.643.7.1.1.1.2': 'a GOST key',
});

export interface KeyStrength {
  /** What is wrong with it, as part of a sentence; undefined for a key that is strong enough. */
  readonly weakness: string | undefined;
  /** What checking one signature with it costs, with P-256 as 1. */
  readonly cost: number;
  /** When it ends by the date table of TS 119 312; undefined where no end is known. Nothing is refused for it. */
  readonly end?: Date;
}

const sound = (cost: number): KeyStrength => ({ weakness: undefined, cost });
const weak = (weakness: string): KeyStrength => ({ weakness, cost: 1 });

/** Judges a DER SubjectPublicKeyInfo. What cannot be read is weak, too. */
export function keyStrength(spki: Uint8Array): KeyStrength {
  try {
    const fields = readSequence(spki);
    const algorithm = fields.sequence();
    const type = algorithm.oid();
    const key = fields.bitString();
    switch (type) {
      case OID.rsaEncryption:
      case OID.rsaPss:
        return strengthOfRsa(key);
      case OID.ecPublicKey:
        return strengthOfCurve(algorithm);
      case OID.ed25519:
        return sound(1);
      default:
        return weak(OTHER_KEYS[type] ?? `a key of an unknown kind (${type})`);
    }
  } catch (error) {
    if (error instanceof PkiError) return weak('a key that cannot be read');
    throw error;
  }
}

function strengthOfRsa(key: Uint8Array): KeyStrength {
  const fields = readSequence(key);
  const modulus = fields.integer();
  const exponent = fields.integer();
  fields.end();
  const bits = modulus > 0n ? bitLength(modulus) : 0;
  if (bits < RSA.minModulusBits) return weak(`RSA with ${bits} bits, fewer than ${RSA.minModulusBits}`);
  if (bits > RSA.maxModulusBits) return weak(`RSA with ${bits} bits, more than are checked here`);
  if (exponent < RSA.minExponent) return weak(`RSA with the exponent ${exponent}, below ${RSA.minExponent}`);
  if (exponent % 2n === 0n) return weak('RSA with an even exponent');
  if (bitLength(exponent) > RSA.maxExponentBits) return weak('RSA with an oversized exponent');
  const factor = SMALL_PRIMES.find((prime) => modulus % prime === 0n);
  if (factor !== undefined) return weak(`RSA with a modulus that ${factor} divides`);
  const strength = sound(Math.ceil((bits / 4096) ** 2));
  return bits < SHORT_RSA.belowBits ? { ...strength, end: SHORT_RSA.end } : strength;
}

function strengthOfCurve(algorithm: DerReader): KeyStrength {
  // RFC 5480 §2.1.1: parameters written out can describe a curve of the attacker's own (CVE-2020-0601).
  if (algorithm.peek() !== TAG.oid) return weak('a curve given by its parameters instead of its name');
  const identifier = algorithm.oid();
  const curve = CURVES[identifier];
  if (curve) return sound(curve.cost);
  return weak(`the curve ${OTHER_CURVES[identifier] ?? identifier}, which is not among the accepted ones`);
}

const bitLength = (value: bigint): number => value.toString(2).length;

/** The primes below 752, by which SP 800-89 §5.3.3 tries a modulus. */
const SMALL_PRIMES: readonly bigint[] = Array.from({ length: 750 }, (_, index) => index + 2)
  .filter((candidate) => {
    for (let divisor = 2; divisor * divisor <= candidate; divisor += 1)
      if (candidate % divisor === 0) return false;
    return true;
  })
  .map(BigInt);
