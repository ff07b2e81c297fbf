import { createPublicKey, generateKeyPair, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { KeyAlgorithm } from '../../contract/model/key-algorithm.ts';
import { type Signer, schemeOfKey } from '../../pki/index.ts';

const generate = promisify(generateKeyPair);
const signInThreadPool = promisify(sign);

/** Modulus lengths in bits. */
const RSA_BITS = { 'rsa-2048': 2048, 'rsa-3072': 3072, 'rsa-4096': 4096 } as const;

/** Off the event loop: an RSA 4096 pair takes seconds. */
export async function generatePrivateKey(algorithm: KeyAlgorithm): Promise<KeyObject> {
  const pair =
    algorithm === 'ecdsa-p256'
      ? await generate('ec', { namedCurve: 'P-256' })
      : await generate('rsa', { modulusLength: RSA_BITS[algorithm], publicExponent: 0x10001 });
  return pair.privateKey;
}

/** @throws PkiError `unsupported-algorithm` for a key that is neither ECDSA P-256 nor RSA. */
export function signerOf(privateKey: KeyObject): Signer {
  const publicKeySpki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const scheme = schemeOfKey(publicKeySpki);
  return {
    scheme,
    publicKeySpki,
    // On P-256 handing it to another thread costs as much as signing; RSA takes a hundred times as long.
    sign: async (data) =>
      scheme === 'ecdsa-p256-sha256'
        ? sign('sha256', data, privateKey)
        : signInThreadPool('sha256', data, privateKey),
  };
}
