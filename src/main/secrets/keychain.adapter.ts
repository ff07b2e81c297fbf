import { hasKeychain, keychainEntry } from '../../base/keychain.ts';
import type { SecretName, SecretStore } from './port.ts';

/** The keychain of the operating system, or undefined where there is none that keeps what it is given. */
export async function openKeychain(): Promise<SecretStore | undefined> {
  return (await hasKeychain()) ? keychain : undefined;
}

const keychain: SecretStore = {
  keptIn: 'keychain',
  read: async (name: SecretName) => (await (await keychainEntry(name)).getPassword()) ?? undefined,
  write: async (name, secret) => (await keychainEntry(name)).setPassword(secret),
  async remove(name) {
    await (await keychainEntry(name)).deletePassword();
  },
};
