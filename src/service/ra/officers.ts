import { hashSecret, verifySecret } from '../../base/secret-hash.ts';
import { SANDBOX_OFFICER } from '../config/sandbox-defaults.ts';
import type { ServiceConfig } from '../config/service-config.ts';
import { readSecretFile } from '../settings/secret-file.ts';
import type { Officer } from '../store/officer-repository.ts';
import type { Store } from '../store/store.ts';

export interface NewOfficer {
  readonly username: string;
  readonly displayName: string;
  readonly password: string;
  readonly pin: string;
  readonly registrationAuthorities: readonly string[];
}

/** Adds a registration officer, or gives an existing one new credentials; whatever logged in with the former ones ends. */
export async function putOfficer(store: Store, officer: NewOfficer, now: Date): Promise<void> {
  const { username, displayName, registrationAuthorities } = officer;
  const [passwordHash, pinHash] = await Promise.all([hashSecret(officer.password), hashSecret(officer.pin)]);
  const values = { username, displayName, passwordHash, pinHash, registrationAuthorities, active: true };
  await store.transaction(async ({ officers }) => {
    await officers.put(values, now.getTime());
    await officers.removeTokensOf(username);
  });
}

/** The officer of a sandbox exists from its first start. */
export async function ensureSandboxOfficer(store: Store, now: Date): Promise<void> {
  if ((await store.officers.find(SANDBOX_OFFICER.username)) !== undefined) return;
  const { registrationAuthority, ...officer } = SANDBOX_OFFICER;
  await putOfficer(store, { ...officer, registrationAuthorities: [registrationAuthority] }, now);
}

/** The first officer of a production service; their password and PIN come from files. */
export async function ensureInitialOfficer(
  store: Store,
  initial: NonNullable<ServiceConfig['initialOfficer']>,
  now: Date,
): Promise<void> {
  if ((await store.officers.all()).length > 0) return;
  const { passwordFile, pinFile, ...officer } = initial;
  const [password, pin] = [readSecretFile(passwordFile), readSecretFile(pinFile)];
  await putOfficer(store, { ...officer, password, pin }, now);
}

/** Names of the officers whose password or PIN is still the public one of the sandbox. */
export async function officersWithSandboxCredentials(store: Store): Promise<string[]> {
  const isDefault = async (officer: Officer): Promise<boolean> =>
    (await verifySecret(SANDBOX_OFFICER.password, officer.passwordHash)) ||
    (await verifySecret(SANDBOX_OFFICER.pin, officer.pinHash));
  const found: string[] = [];
  for (const officer of await store.officers.all()) {
    if (await isDefault(officer)) found.push(officer.username);
  }
  return found;
}
