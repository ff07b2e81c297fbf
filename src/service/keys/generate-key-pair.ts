import {
  constants,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  privateEncrypt,
  sign,
} from 'node:crypto';
import { promisify } from 'node:util';
import { KEY_KINDS, type KeyAlgorithm } from '../../contract/model/key-algorithm.ts';
import { type Signer, schemeOfKey } from '../../pki/index.ts';
import { SHA256_INFO } from './digest-info.ts';

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
    // Node signs no digest with a key on a curve: it would hash it once more.
    ...(privateKey.asymmetricKeyType === 'rsa' && {
      signDigest: async (sha256: Uint8Array) => signInfo(privateKey, sha256),
    }),
  };
}

/** RSASSA-PKCS1-v1_5 over a digest (RFC 8017 §8.2.1). @throws RangeError for anything but a SHA-256 */
function signInfo(key: KeyObject, sha256: Uint8Array): Uint8Array {
  if (sha256.length !== 32) throw new RangeError('no SHA-256');
  return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([SHA256_INFO, sha256]));
}
