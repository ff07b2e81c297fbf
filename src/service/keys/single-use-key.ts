/** One-time signing keys (TS 119 431-1 §3.1): in memory only, one session, then gone (CE-13, CE-14). */

import { OssError } from '../../contract/errors.ts';
import type { KeyAlgorithm } from '../../contract/model/key-algorithm.ts';
import type { Signer } from '../../pki/index.ts';
import { generatePrivateKey, signerOf } from './generate-key-pair.ts';

export interface SingleUseKey extends Signer {
  readonly destroyed: boolean;
  /** Drops the key; call it on every path, also on failure. Any later `sign` is refused. */
  destroy(): void;
}

/**
 * Makes a key pair that is never exported, written or named. After `destroy` nothing refers to it any more, so that
 * its memory, which OpenSSL clears on release, goes with the next garbage collection. A later use throws OssError
 * OSS_INTERNAL.
 */
export async function generateSingleUseKey(algorithm: KeyAlgorithm): Promise<SingleUseKey> {
  let signer: Signer | undefined = signerOf(await generatePrivateKey(algorithm));
  const { scheme, publicKeySpki } = signer;
  return {
    scheme,
    publicKeySpki,
    get destroyed() {
      return signer === undefined;
    },
    sign: async (data) => {
      if (signer === undefined)
        throw new OssError('OSS_INTERNAL', { reason: 'single-use key already destroyed' });
      return signer.sign(data);
    },
    destroy: () => {
      signer = undefined;
    },
  };
}
