import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newIdentifier } from '../../base/identifier.ts';
import { identitySchema } from '../../contract/model/identity.ts';
import { deriveSecrets } from '../settings/master-secret.ts';
import { openStore, type Store } from '../store/store.ts';
import { interruptAbandoned, interruptSigning } from './abandoned-signings.ts';

const NOW = 1_764_043_306_000;
const secrets = deriveSecrets(randomBytes(32));
let folder: string;
let store: Store;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'abandoned-'));
  store = await openStore(
    { type: 'sqlite', path: join(folder, 'service.db'), keyHex: secrets.databaseKey },
    { clock: () => new Date(NOW), box: secrets.box, onConnectionLost: () => undefined },
  );
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

/** A request whose signing a process has begun, and holds until then. */
async function begun(leaseUntil: number) {
  const [requestId, id] = [newIdentifier('req'), newIdentifier('sig')];
  await store.requests.insert({
    id: requestId,
    profile: 'single-use-p256',
    registrationAuthority: '1000',
    officer: 'officer',
    signerKey: newIdentifier('signer'),
    identity: identitySchema.parse({
      givenName: 'Ada',
      surname1: 'Lovelace',
      idDocument: { type: 'PAS', country: 'GB', number: '533401372' },
      mobilePhone: '+34600111222',
    }),
    organisation: undefined,
    contract: { sha256: '00', pdf: Uint8Array.of(1) },
    createdAt: NOW,
    expiresAt: NOW + 600_000,
    creationKey: undefined,
    creationDigest: 'digest',
    triesLeft: 3,
  });
  await store.requests.move(requestId, ['approved'], 'signing');
  const attempt = { id, requestId, idempotencyKey: 'key', callDigest: 'call', manifestDigest: 'manifest' };
  await store.signings.insert({ ...attempt, owner: 'a process', leaseUntil }, NOW);
  return { id, requestId };
}
const stateOf = async ({ requestId }: { readonly requestId: string }) => [
  (await store.requests.find(requestId))?.state,
  (await store.signings.find(requestId, 'key'))?.state,
];
const at = (time: number) => () => new Date(time);

describe('an attempt to sign whose process has ended', () => {
  it('is left to its process until the lease ends', async () => {
    const signing = await begun(NOW + 60_000);
    await interruptAbandoned(store, at(NOW + 59_000));
    expect(await stateOf(signing)).toEqual(['signing', 'pending']);
    await interruptAbandoned(store, at(NOW + 61_000));
    expect(await stateOf(signing)).toEqual(['approved', 'interrupted']);
  });

  it('is closed once, by whichever process comes first', async () => {
    const signing = await begun(NOW - 1);
    await Promise.all([1, 2, 3].map(() => interruptAbandoned(store, at(NOW))));
    expect(await stateOf(signing)).toEqual(['approved', 'interrupted']);
    const told = await store.events.read(signing.requestId);
    expect(told.filter(({ type }) => type === 'signing.interrupted')).toHaveLength(1);
  });

  it('is not closed any more where it came to its end', async () => {
    const signing = await begun(NOW - 1);
    await store.signings.finish(signing.id, 'done', Buffer.from('{}'), NOW);
    await store.requests.move(signing.requestId, ['signing'], 'signed');
    await interruptSigning(store, signing, NOW, 'late');
    expect(await stateOf(signing)).toEqual(['signed', 'done']);
  });
});
