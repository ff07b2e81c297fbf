import type { ServiceChoice } from '../../contract/ipc/admin/settings.ts';
import type { SecretName, SecretStore } from '../secrets/port.ts';

/** What a service or provider is sent. The key of the client certificate never leaves the station. */
export const SENT_SECRETS = Object.freeze([
  'officer-password',
  'officer-pin',
  'provider-secret',
  'provider-pin',
  'billing-password',
] as const satisfies readonly SecretName[]);

/**
 * Whether secrets that were entered for one choice would reach another server with the next. While the sandbox of this
 * computer is in use they belong to no server yet.
 */
export function goElsewhere(entered: ServiceChoice, next: ServiceChoice): boolean {
  if (entered.kind === 'embedded') return false;
  const known = receiversOf(entered);
  return next.kind !== entered.kind || receiversOf(next).some((origin) => !known.includes(origin));
}

/** The origins to which a choice sends secrets. */
function receiversOf(choice: ServiceChoice): string[] {
  if (choice.kind === 'embedded') return [];
  const urls = [choice.url];
  if (choice.kind === 'csc' && 'tokenUrl' in choice.authorisation && choice.authorisation.tokenUrl)
    urls.push(choice.authorisation.tokenUrl);
  return urls.map((url) => new URL(url).origin);
}

/** The store, as if it had only those secrets for a server that were entered for it. */
export const onlyEntered = (store: SecretStore, entered: ReadonlySet<SecretName>): SecretStore => ({
  keptIn: store.keptIn,
  read: async (name) =>
    SENT_SECRETS.some((sent) => sent === name) && !entered.has(name) ? undefined : store.read(name),
  write: (name, secret) => store.write(name, secret),
  remove: (name) => store.remove(name),
});
