import { expect, it } from 'vitest';
import type { ServiceChoice } from '../../../contract/ipc/admin/settings.ts';
import type { SecretName, SecretStore } from '../../secrets/port.ts';
import { goElsewhere, onlyEntered, SENT_SECRETS } from '../../service/secret-receivers.ts';
import { settingsSchema } from '../../settings/port.ts';
import { type SettingsParts, settingsHandlers } from './settings-handlers.ts';

const vendor = (url: string): ServiceChoice => ({
  kind: 'one-shot-optimizer',
  url,
  dialect: 'classic',
  environment: 'production',
  profile: 'PFnubeNC',
});
const csc = (url: string, tokenUrl?: string): ServiceChoice => ({
  kind: 'csc',
  url,
  version: '2',
  environment: 'production',
  authorisation: { type: 'client-credentials', clientId: 'branch', ...(tokenUrl ? { tokenUrl } : {}) },
  credential: { type: 'listed' },
  signs: 'hash',
});
const remote = (url: string): ServiceChoice => ({ kind: 'remote', url });
const EMBEDDED: ServiceChoice = { kind: 'embedded' };

const A = 'https://a.example';
const B = 'https://b.example';
const CHANGES: readonly (readonly [string, ServiceChoice, ServiceChoice, 'kept' | 'forgotten'])[] = [
  ['another host', vendor(A), vendor(B), 'forgotten'],
  ['another port', vendor(A), vendor(`${A}:8443`), 'forgotten'],
  ['a service at another address', remote(A), remote(B), 'forgotten'],
  ['another kind at the same address', vendor(A), remote(A), 'forgotten'],
  ['a token server of somebody else', csc(A), csc(A, B), 'forgotten'],
  ['the sandbox, from which any address can follow', vendor(A), EMBEDDED, 'forgotten'],
  ['another path of the same server', vendor(A), vendor(`${A}/optimizer/`), 'kept'],
  ['the token server left out', csc(A, B), csc(A), 'kept'],
  ['a first address', EMBEDDED, vendor(A), 'kept'],
];

it.each(CHANGES)('%s: secrets of the officer and the provider', async (_, from, to, outcome) => {
  const { handlers, held, stored } = station(from);
  await handlers.saveService(to, caller);
  expect(stored().service).toEqual(to);
  expect([...held.keys()].sort()).toEqual(outcome === 'kept' ? [...ALL].sort() : ['client-key']);
});

it('what was entered for the new address stays, and serves no other address afterwards', async () => {
  const { handlers, held } = station(vendor(A));
  await handlers.saveOfficer(
    { username: 'officer', registrationAuthority: '1', password: 'new', pin: '1234' },
    caller,
  );
  await handlers.saveService(vendor(B), caller);
  expect([...held].filter(([name]) => name !== 'client-key')).toEqual([
    ['officer-password', 'new'],
    ['officer-pin', '1234'],
  ]);
  await handlers.saveService(vendor(A), caller);
  expect([...held.keys()]).toEqual(['client-key']);
});

it('a test of another address gets what was entered for it, and the key of the certificate', async () => {
  const { store } = station(vendor(A));
  const seen = onlyEntered(store, new Set<SecretName>(['provider-secret']));
  const read = await Promise.all(ALL.map(async (name) => ((await seen.read(name)) ? [name] : [])));
  expect(read.flat()).toEqual(['provider-secret', 'client-key']);
  expect(goElsewhere(vendor(A), vendor(B))).toBe(true);
});

const ALL: readonly SecretName[] = [...SENT_SECRETS, 'client-key'];
const caller = undefined as never;

/** Settings and secrets in memory, behind the real handlers. */
function station(service: ServiceChoice) {
  let settings = settingsSchema.parse({ service });
  const held = new Map<SecretName, string>(ALL.map((name) => [name, 'old']));
  const store: SecretStore = {
    keptIn: 'keychain',
    read: async (name) => held.get(name),
    write: async (name, secret) => void held.set(name, secret),
    remove: async (name) => void held.delete(name),
  };
  const parts = {
    settings: {
      read: () => settings,
      assertPossible: (changes: object) => void settingsSchema.parse({ ...settings, ...changes }),
      async change(_: string, changes: object) {
        settings = settingsSchema.parse({ ...settings, ...changes });
      },
    },
    secrets: { store: async () => store },
    entered: new Set<SecretName>(),
    audit: { append: async () => undefined },
    view: async () => undefined,
    openTransactions: async () => 0,
    renewConnection: () => undefined,
    announce: () => undefined,
  } as unknown as SettingsParts;
  return { handlers: settingsHandlers(parts), held, store, stored: () => settings };
}
