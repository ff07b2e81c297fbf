import { randomBytes } from 'node:crypto';
import type { AsyncEntry } from 'keytar';

const SERVICE = 'one-shot-signature-station';

/**
 * An entry of this product in the keychain of the operating system. On Linux pinned to the Secret Service: unpinned,
 * the library falls back to the kernel's keyring, which forgets everything at the next start without saying so.
 */
export async function keychainEntry(account: string): Promise<AsyncEntry> {
  // A native library: no window waits for it.
  const library = await import('keytar');
  return new library.AsyncEntry(SERVICE, account, { linux: { store: 'secret-service' } });
}

/** Whether there is a keychain that keeps what it is given: believed only after a value was written and read back. */
export async function hasKeychain(): Promise<boolean> {
  const value = randomBytes(16).toString('hex');
  try {
    const probe = await keychainEntry(`probe-${process.pid}`);
    await probe.setPassword(value);
    const kept = (await probe.getPassword()) === value;
    await probe.deletePassword();
    return kept;
  } catch {
    return false; // No service, a locked one that nobody unlocks, or access denied: all mean "none".
  }
}
