import type { KeyObject } from 'node:crypto';
import type { KeyAlgorithm } from '../../contract/model/key-algorithm.ts';
import type { Signer } from '../../pki/index.ts';
import type { Attestation } from './pkcs11/protocol.ts';
import type { SingleUseKey } from './single-use-key.ts';

/**
 * Long-lived keys of the authorities; and single-use keys, where a profile wants them in the device. Whatever a device
 * does, a call throws OssError OSS_KEYS_UNAVAILABLE while it is away.
 */
export interface KeyStore {
  /** Makes a key under a label of its own. @throws OssError OSS_CONFIG_INVALID if the label is taken. */
  create(label: string, algorithm: KeyAlgorithm): Promise<Signer>;
  /** Takes a key that was made elsewhere; absent where the store makes its keys itself. @throws as `create` does. */
  adopt?(label: string, privateKey: KeyObject): Promise<Signer>;
  /** Undefined if there is no such key. @throws OssError OSS_CONFIG_INVALID if it cannot be opened. */
  load(label: string): Promise<Signer | undefined>;
  /** Labels of all keys, sorted. */
  list(): Promise<readonly string[]>;
  /** What the device says of a key; absent where a file could say anything. */
  attest?(label: string): Promise<Attestation>;
  /** A single-use key made and kept in the device; absent where there is none. */
  generateSingleUse?(algorithm: KeyAlgorithm): Promise<SingleUseKey>;
  /** Lets go of the device; absent where there is nothing to let go of. */
  close?(): Promise<void>;
}
