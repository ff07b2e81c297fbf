import { join } from 'node:path';
import type { ServiceSecrets } from '../settings/master-secret.ts';
import type { KeyStoreConfig } from './config.ts';
import type { KeyStore } from './port.ts';
import { SoftwareKeyStore } from './software/software-key-store.ts';

/** The key store of the configuration. */
export function openKeyStore(
  { keys, dataDirectory }: { readonly keys: KeyStoreConfig; readonly dataDirectory: string },
  { keyStorePassphrase }: Pick<ServiceSecrets, 'keyStorePassphrase'>,
): KeyStore {
  switch (keys.type) {
    case 'software':
      return new SoftwareKeyStore(keys.directory ?? join(dataDirectory, 'keys'), keyStorePassphrase);
  }
}
