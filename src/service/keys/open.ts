import { join } from 'node:path';
import type { ServiceSecrets } from '../config/master-secret.ts';
import type { ServiceConfig } from '../config/service-config.ts';
import type { KeyStore } from './port.ts';
import { SoftwareKeyStore } from './software/software-key-store.ts';

/** The key store of the configuration. */
export function openKeyStore(
  { keys, dataDirectory }: Pick<ServiceConfig, 'keys' | 'dataDirectory'>,
  { keyStorePassphrase }: Pick<ServiceSecrets, 'keyStorePassphrase'>,
): KeyStore {
  switch (keys.type) {
    case 'software':
      return new SoftwareKeyStore(keys.directory ?? join(dataDirectory, 'keys'), keyStorePassphrase);
  }
}
