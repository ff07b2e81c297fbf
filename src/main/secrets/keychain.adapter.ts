import { randomBytes } from 'node:crypto';
import type { AsyncEntry } from 'keytar';
import type { SecretName, SecretStore } from './port.ts';

const SERVICE = 'one-shot-signature-station';

/**
 * On Linux pinned to the Secret Service: unpinned, the library falls back to the kernel's keyring, which
 * forgets everything at the next start without saying so.
 */
async function entry(account: string): Promise<AsyncEntry> {
  // A native library: no window waits for it.
  const library = await import('keytar');
  return new library.AsyncEntry(SERVICE, account, { linux: { store: 'secret-service' } });
}

/**
 * The keychain of the operating system, or undefined where there is none that keeps what it is given:
 * believed only after a value was written and read back.
 */
export async function openKeychain(): Promise<SecretStore | undefined> {
  return (await keepsWhatItIsGiven()) ? keychain : undefined;
}

async function keepsWhatItIsGiven(): Promise<boolean> {
  const value = randomBytes(16).toString('hex');
  try {
    const probe = await entry(`probe-${process.pid}`);
    await probe.setPassword(value);
    const kept = (await probe.getPassword()) === value;
    await probe.deletePassword();
    return kept;
  } catch {
    return false; // No service, a locked one that nobody unlocks, or access denied: all mean "none".
  }
}

const keychain: SecretStore = {
  keptIn: 'keychain',
  read: async (name: SecretName) => (await (await entry(name)).getPassword()) ?? undefined,
  write: async (name, secret) => (await entry(name)).setPassword(secret),
  async remove(name) {
    await (await entry(name)).deletePassword();
  },
};
