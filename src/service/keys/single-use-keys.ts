import { OssError } from '../../contract/errors.ts';
import type { KeyAlgorithm } from '../../contract/model/key-algorithm.ts';
import type { KeyStore } from './port.ts';
import { generateSingleUseKey, type SingleUseKey } from './single-use-key.ts';

/** Makes single-use keys where a profile wants them. @throws OssError OSS_CONFIG_INVALID where there is no device */
export const singleUseKeys =
  (store: Pick<KeyStore, 'generateSingleUse'>) =>
  async ({
    keyAlgorithm,
    keyStorage,
  }: {
    readonly keyAlgorithm: KeyAlgorithm;
    readonly keyStorage: 'memory' | 'token';
  }): Promise<SingleUseKey> => {
    if (keyStorage === 'memory') return generateSingleUseKey(keyAlgorithm);
    if (store.generateSingleUse === undefined) {
      throw new OssError('OSS_CONFIG_INVALID', { reason: 'keys: no device for single-use keys' });
    }
    return store.generateSingleUse(keyAlgorithm);
  };
