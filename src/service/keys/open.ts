import { join } from 'node:path';
import type { ServiceSecrets } from '../settings/master-secret.ts';
import type { KeyStoreConfig } from './config.ts';
import { openPkcs11KeyStore } from './pkcs11/open.ts';
import type { KeyStore } from './port.ts';
import { SoftwareKeyStore } from './software/software-key-store.ts';

/**
 * The key store of the configuration.
 * @param onLost told when a device is lost. @throws OssError OSS_CONFIG_INVALID
 */
export function openKeyStore(
  { keys, dataDirectory }: { readonly keys: KeyStoreConfig; readonly dataDirectory: string },
  { keyStorePassphrase }: Pick<ServiceSecrets, 'keyStorePassphrase'>,
  onLost: (reason: string) => void = () => undefined,
): KeyStore {
  switch (keys.type) {
    case 'software':
      return new SoftwareKeyStore(keys.directory ?? join(dataDirectory, 'keys'), keyStorePassphrase);
    case 'pkcs11':
      return openPkcs11KeyStore(keys, onLost);
  }
}
