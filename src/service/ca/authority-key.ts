import { type Certificate, equalBytes, type Signer } from '../../pki/index.ts';
import type { KeyStore } from '../keys/port.ts';
import type { AuthorityName } from './authority.ts';

/** Labels of the keys of a role: its name, and after a roll-over its name and a number. */
const isOfRole = (label: string, role: AuthorityName): boolean =>
  label === role || (label.startsWith(`${role}-`) && /^[1-9]\d{0,3}$/.test(label.slice(role.length + 1)));

export interface AuthorityKey {
  readonly label: string;
  readonly signer: Signer;
}

/** Every key of a role, the first one first. @throws what the key store throws. */
export async function keysOf(keyStore: KeyStore, role: AuthorityName): Promise<readonly AuthorityKey[]> {
  const labels = (await keyStore.list()).filter((label) => isOfRole(label, role));
  labels.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const found: AuthorityKey[] = [];
  for (const label of labels) {
    const signer = await keyStore.load(label);
    if (signer !== undefined) found.push({ label, signer });
  }
  return found;
}

/**
 * The key of the certificate of a role; where none is of it, or there is no certificate, the first one: so that a
 * roll-over is done when the certificate is replaced, and undone when it is put back.
 */
export async function keyFor(
  keyStore: KeyStore,
  role: AuthorityName,
  certificate: Certificate | undefined,
): Promise<AuthorityKey | undefined> {
  const first = await keyStore.load(role);
  const isRight = (signer: Signer): boolean =>
    certificate === undefined || equalBytes(signer.publicKeySpki, certificate.publicKeySpki);
  if (first !== undefined && isRight(first)) return { label: role, signer: first };
  const keys = await keysOf(keyStore, role);
  return keys.find(({ signer }) => isRight(signer)) ?? keys[0];
}

/** The label of the next key of a role. */
export function nextLabel(role: AuthorityName, keys: readonly AuthorityKey[]): string {
  const taken = new Set(keys.map(({ label }) => label));
  for (let number = 2; ; number++) {
    const label = `${role}-${number}`;
    if (!taken.has(label)) return label;
  }
}
