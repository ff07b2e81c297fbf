import { createPublicKey, generateKeyPair, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { KEY_KINDS, type KeyAlgorithm } from '../../contract/model/key-algorithm.ts';
import { type Signer, schemeOfKey } from '../../pki/index.ts';

const generate = promisify(generateKeyPair);
const signInThreadPool = promisify(sign);

/** Off the event loop: an RSA 4096 pair takes seconds. */
export async function generatePrivateKey(algorithm: KeyAlgorithm): Promise<KeyObject> {
  const kind = KEY_KINDS[algorithm];
  const pair =
    kind.family === 'ec'
      ? await generate('ec', { namedCurve: kind.curve })
      : await generate('rsa', { modulusLength: kind.modulusBits, publicExponent: 0x10001 });
  return pair.privateKey;
}

/** @throws PkiError `unsupported-algorithm` for a key that is neither ECDSA P-256 nor RSA. */
export function signerOf(privateKey: KeyObject): Signer {
  const publicKeySpki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const scheme = schemeOfKey(publicKeySpki);
  return {
    scheme,
    publicKeySpki,
    // On a curve handing it to another thread costs as much as signing; RSA takes a hundred times as long.
    sign: async (data) =>
      privateKey.asymmetricKeyType === 'ec'
        ? sign('sha256', data, privateKey)
        : signInThreadPool('sha256', data, privateKey),
  };
}
