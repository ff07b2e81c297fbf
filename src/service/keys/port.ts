import type { KeyObject } from 'node:crypto';
import type { KeyAlgorithm } from '../../contract/model/key-algorithm.ts';
import type { Signer } from '../../pki/index.ts';

/** Long-lived keys of the authorities. Single-use keys never come near it (`single-use-key.ts`). */
export interface KeyStore {
  /** Makes a key under a label of its own. Throws OssError OSS_CONFIG_INVALID if the label is taken. */
  create(label: string, algorithm: KeyAlgorithm): Promise<Signer>;
  /** Takes a key that was made elsewhere; absent where the store makes its keys itself. Throws as `create` does. */
  adopt?(label: string, privateKey: KeyObject): Promise<Signer>;
  /** Undefined if there is no such key. Throws OssError OSS_CONFIG_INVALID if it cannot be opened. */
  load(label: string): Promise<Signer | undefined>;
  /** Labels of all keys, sorted. */
  list(): Promise<readonly string[]>;
}
