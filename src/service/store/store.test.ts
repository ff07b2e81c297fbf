import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPostgres, type PostgresServer, startPostgres } from '../../../test/support/postgres-server.ts';
import { newIdentifier } from '../../base/identifier.ts';
import { identitySchema } from '../../contract/model/identity.ts';
import { putOfficer } from '../ra/officers.ts';
import { officerSessions } from '../ra/session.ts';
import { deriveSecrets } from '../settings/master-secret.ts';
import { openPostgres } from './postgres.adapter.ts';
import type { NewRequest } from './request-repository.ts';
import { openSqlite } from './sqlite.adapter.ts';
import { type DatabaseLocation, openStore, type Store } from './store.ts';
import type { Tables } from './tables.ts';

const secrets = deriveSecrets(randomBytes(32));
const ports = {
  clock: () => new Date(),
  box: secrets.box,
  // The server is stopped while a pool still closes its connections.
  onConnectionLost: () => undefined,
};

const identity = identitySchema.parse({
  givenName: 'Canaryname',
  surname1: 'Surname',
  idDocument: { type: 'IDC', country: 'ES', number: '12345678Z' },
  email: 'canary@example.com',
  mobilePhone: '+34600111222',
});

const newRequest = (change: Partial<NewRequest> = {}): NewRequest => ({
  id: newIdentifier('req'),
  profile: 'single-use-p256',
  registrationAuthority: '1000',
  officer: 'officer',
  signerKey: newIdentifier('signer'),
  identity,
  organisation: undefined,
  contract: { sha256: '00', pdf: Uint8Array.of(0, 1, 254, 255) },
  createdAt: 1_764_043_306_123,
  expiresAt: 1_764_043_906_123,
  creationKey: undefined,
  creationDigest: 'digest',
  triesLeft: 3,
  ...change,
});

const postgresPrograms = await findPostgres();
const databases = ['sqlite', 'postgres'] as const;

describe.each(databases)('the store on %s', (kind) => {
  const missing = kind === 'postgres' && postgresPrograms === undefined;
  describe.skipIf(missing)(
    missing ? 'skipped: no PostgreSQL below /usr/lib/postgresql' : 'keeps its promises',
    () => {
      let folder: string;
      let server: PostgresServer | undefined;
      let location: DatabaseLocation;
      let store: Store;

      beforeAll(async () => {
        folder = await mkdtemp(join(tmpdir(), 'store-'));
        if (kind === 'postgres' && postgresPrograms) server = await startPostgres(postgresPrograms);
        location =
          server === undefined
            ? { type: 'sqlite', path: join(folder, 'service.db'), keyHex: secrets.databaseKey }
            : { type: 'postgres', url: server.url, queryTimeoutSeconds: 10 };
        store = await openStore(location, ports);
      });
      afterAll(async () => {
        await store.close();
        await server?.stop();
        await rm(folder, { recursive: true });
      });

      const added = async (change: Partial<NewRequest> = {}): Promise<string> => {
        const request = newRequest(change);
        expect(await store.requests.insert(request)).toBe(true);
        return request.id;
      };

      it('gives back what was put in, bytes and 64-bit times too, also after it was opened again', async () => {
        const request = newRequest({ organisation: 'Ajuntament' });
        await store.requests.insert(request);
        await store.close();
        store = await openStore(location, ports);
        const found = await store.requests.find(request.id);
        expect(found).toMatchObject({
          identity,
          organisation: 'Ajuntament',
          createdAt: request.createdAt,
          state: 'approved',
          triesLeft: 3,
          contract: { sha256: '00', bytes: 4 },
        });
        expect(Buffer.from((await store.requests.contract(request.id)) ?? [])).toEqual(
          Buffer.from([0, 1, 254, 255]),
        );
      });

      it('moves a state for exactly one of many who try at once', async () => {
        const id = await added();
        const moves = await Promise.all(
          Array.from({ length: 10 }, () => store.requests.move(id, ['approved'], 'signing')),
        );
        expect(moves.filter(Boolean)).toHaveLength(1);
        expect((await store.requests.find(id))?.state).toBe('signing');
      });

      it('counts tries down to none, however many come at once', async () => {
        const id = await added();
        const counted = await Promise.all(Array.from({ length: 6 }, () => store.requests.countTry(id)));
        expect(counted.filter((left) => left !== undefined).sort()).toEqual([0, 1, 2]);
      });

      it('takes one idempotency key of an officer once', async () => {
        const creationKey = newIdentifier('key');
        const inserts = await Promise.all(
          Array.from({ length: 4 }, () => store.requests.insert(newRequest({ creationKey }))),
        );
        expect(inserts.filter(Boolean)).toHaveLength(1);
        expect(await store.requests.findByCreationKey('officer', creationKey)).toBeDefined();
      });

      it('erases a request with all that names its signer; its events stay', async () => {
        const [id, other] = [await added({ expiresAt: 1000 }), await added({ expiresAt: 2000 })];
        const times = { createdAt: 1, expiresAt: 2, salt: Uint8Array.of(1), codeMac: Uint8Array.of(2) };
        await store.challenges.replace({
          id: newIdentifier('otp'),
          requestId: id,
          manifestDigest: '',
          ...times,
        });
        const message = {
          id: newIdentifier('sms'),
          recipient: '+34600111222',
          text: 'code 1',
          validUntil: 5,
        };
        const sending = { channel: 'sms', code: '1', language: 'en' } as const;
        await store.outbox.insert({ ...message, ...sending, requestId: id, challengeId: 'x' }, 1, 1);
        await store.sandboxMessages.insert({ ...message, requestId: id, sentAt: 1, reference: 'r' });
        const signing = { idempotencyKey: 'k', callDigest: '', manifestDigest: '', owner: '', leaseUntil: 1 };
        await store.signings.insert({ id: newIdentifier('sig'), requestId: id, ...signing }, 1);
        await store.transaction(({ events }) => events.append(id, 'request.approved'));

        expect(await store.requests.endedBefore(['approved'], 2000, 10)).toEqual([id]);
        expect(await store.requests.endedBefore(['signed'], 2000, 10)).toEqual([]);
        expect(await store.requests.erase(id)).toBe(true);
        expect(await store.requests.erase(id)).toBe(false);
        expect(await store.requests.find(id)).toBeUndefined();
        expect(await store.signings.find(id, 'k')).toBeUndefined();
        expect(await store.sandboxMessages.ofRequest(id)).toEqual([]);
        expect(await store.outbox.waiting(10)).not.toContain(message.id);
        expect((await store.events.read(id)).map(({ type }) => type)).toEqual(['request.approved']);
        expect((await store.requests.find(other))?.state).toBe('approved');
      });

      it('undoes everything of a transaction that fails', async () => {
        const id = await added();
        const failing = store.transaction(async ({ requests, events }) => {
          await requests.move(id, ['approved'], 'cancelled');
          await events.append(id, 'request.cancelled');
          throw new Error('the power failed');
        });
        await expect(failing).rejects.toThrow('the power failed');
        expect((await store.requests.find(id))?.state).toBe('approved');
        expect(await store.events.read(id)).toEqual([]);
      });

      it('gives a subject of the sending limits to one transaction at a time, and each sees what went before', async () => {
        const send = (challengeId: string, at: number) =>
          store.transaction(async ({ sentCodes }) => {
            const { unusedAt } = await sentCodes.lock('signer-a', 0, at);
            if (unusedAt.length < 3) await sentCodes.add(challengeId, ['signer-a'], at);
            return unusedAt.length;
          });
        const seen = await Promise.all(Array.from({ length: 8 }, (_, i) => send(`otp-${i}`, 100 + i)));
        expect(seen.sort()).toEqual([0, 1, 2, 3, 3, 3, 3, 3]);
        await store.sentCodes.markUsed(['signer-a']);
        const after = await store.transaction(({ sentCodes }) => sentCodes.lock('signer-a', 0, 200));
        expect([after.unusedAt.length, after.usedAt.length]).toEqual([0, 3]);
        await store.sentCodes.removeBefore(200);
        const forgotten = await store.transaction(({ sentCodes }) => sentCodes.lock('signer-a', 0, 200));
        expect(forgotten).toEqual({ unusedAt: [], usedAt: [] });
      });

      it('ends every log-in of an officer who gets new credentials, and of nobody else', async () => {
        const now = Date.now();
        const named = (username: string) => ({
          ...{ username, displayName: username, password: 'a password', pin: '1234' },
          registrationAuthorities: ['1000'],
        });
        for (const username of ['maria', 'joan']) {
          await putOfficer(store, named(username), new Date(now));
          await store.officers.addToken(`token of ${username}`, username, now + 60_000);
        }
        await putOfficer(store, { ...named('maria'), pin: '9876' }, new Date(now));
        expect(await store.officers.findTokenOwner('token of maria', now)).toBeUndefined();
        expect(await store.officers.findTokenOwner('token of joan', now)).toMatchObject({ username: 'joan' });
      });

      it('logs nobody in whose password was replaced while it was compared', async () => {
        const officer = {
          ...{ username: 'pere', displayName: 'Pere', password: 'the former one', pin: '1234' },
          registrationAuthorities: ['1000'],
        };
        await putOfficer(store, officer, new Date());
        const { login } = officerSessions({
          store,
          clock: () => new Date(),
          hashToken: String,
          check: () => putOfficer(store, { ...officer, password: 'the new one' }, new Date()),
          lifetimeMinutes: 60,
        });
        await expect(login('pere', 'the former one')).rejects.toMatchObject({
          code: 'OSS_CREDENTIALS_INVALID',
        });
      });

      it('counts attempts one by one and none while the subject is locked out, however many come at once', async () => {
        const attempt = (now: number) => store.officers.countAttempt('pin:x', now, [0, 0, 50, 100]);
        const counted = await Promise.all(Array.from({ length: 9 }, () => attempt(1000)));
        expect(counted.filter((count) => count !== undefined).sort()).toEqual([1, 2, 3]);
        expect(await store.officers.lockedUntil('pin:x')).toBe(1050);
        expect([await attempt(1049), await attempt(1050), await attempt(1149), await attempt(1150)]).toEqual([
          undefined,
          4,
          undefined,
          5,
        ]);
        expect(await store.officers.lockedUntil('pin:x')).toBe(1250);
        await store.officers.clearLockout('pin:x');
        expect(await attempt(1151)).toBe(1);
      });

      it('gives a message to one worker; to the next it says that the first one died with it', async () => {
        const message = {
          id: newIdentifier('msg'),
          requestId: 'req',
          challengeId: 'otp',
          channel: 'sms' as const,
          recipient: '+34600111222',
          text: 'code: 123456',
          code: '123456',
          language: 'es' as const,
          validUntil: 9_000,
        };
        await store.outbox.insert(message, 1, 0);
        const claims = await Promise.all(
          [1, 2, 3].map(() => store.outbox.claim(message.id, 'worker', 100, 200)),
        );
        expect(claims.filter((claim) => claim !== undefined)).toEqual([{ ...message, wasUnderWay: false }]);
        expect(await store.outbox.waiting(199)).not.toContain(message.id);
        expect(await store.outbox.waiting(200)).toContain(message.id);
        expect(await store.outbox.claim(message.id, 'worker', 200, 250)).toMatchObject({ wasUnderWay: true });
        const taken = {
          state: 'delivered',
          gateway: 'g',
          reference: 'reference',
          isReceived: false,
        } as const;
        expect(await store.outbox.close(message.id, taken, 300)).toBe(true);
        expect(await store.outbox.close(message.id, { state: 'failed', failure: 'unknown' }, 301)).toBe(
          false,
        );
        expect(await store.outbox.lastOf('req')).toMatchObject({
          state: 'delivered',
          channel: 'sms',
          at: 300,
        });
        expect(await store.outbox.receive('g', 'reference', 'delivered', 400)).toMatchObject({
          id: message.id,
        });
        expect(await store.outbox.receive('g', 'reference', 'failed', 500)).toBeUndefined();
        expect(await store.outbox.isKnown('g', 'reference')).toBe(true);
        expect(await store.outbox.lastOf('req')).toMatchObject({ receipt: 'delivered', at: 400 });
        expect(await store.outbox.waiting(9_999)).not.toContain(message.id);
      });

      it('uses up each hash of a SAD once, whatever the order of many calls at once', async () => {
        const expiresAt = Date.now() + 60_000;
        const sad = { handle: newIdentifier('sad'), kind: 'sad', state: {}, expiresAt } as const;
        const hashes = ['one', 'two', 'two', 'three'];
        await store.csc.put(sad);
        await store.csc.authorise(sad.handle, hashes);
        const use = (asked: readonly string[]): Promise<boolean> =>
          store
            .transaction(async ({ csc }) => {
              if (!(await csc.consume(sad.handle, asked))) throw new Error('refused');
            })
            .then(
              () => true,
              (error: Error) => {
                if (error.message !== 'refused') throw error;
                return false;
              },
            );
        expect(await use(['one', 'foreign'])).toBe(false);
        const orders = Array.from({ length: 8 }, (_, turn) =>
          turn % 2 === 0 ? hashes : hashes.toReversed(),
        );
        expect((await Promise.all(orders.map(use))).filter(Boolean)).toHaveLength(1);
        expect(await use(['two'])).toBe(false);
      });

      it('keeps no hash of a SAD that was taken', async () => {
        const sad = {
          handle: newIdentifier('sad'),
          kind: 'sad',
          state: { a: 1 },
          expiresAt: Date.now() + 60_000,
        } as const;
        await store.csc.put(sad);
        await store.csc.authorise(sad.handle, ['one']);
        expect(await store.csc.take(sad.handle, 'sad', Date.now())).toMatchObject({ state: { a: 1 } });
        expect(await store.csc.consume(sad.handle, ['one'])).toBe(false);
      });

      it('closes a signing once', async () => {
        const requestId = await added();
        const signing = {
          id: newIdentifier('sig'),
          requestId,
          idempotencyKey: newIdentifier('key'),
          callDigest: 'c',
          manifestDigest: 'm',
          owner: 'process-1',
          leaseUntil: 500,
        };
        await store.signings.insert(signing, 1);
        expect((await store.signings.abandoned(499)).map(({ id }) => id)).not.toContain(signing.id);
        expect((await store.signings.abandoned(500)).map(({ id }) => id)).toContain(signing.id);
        expect(await store.signings.plan(signing.id, Uint8Array.of(1))).toBe(true);
        expect(await store.signings.finish(signing.id, 'interrupted', null, 2)).toBe(true);
        expect(await store.signings.finish(signing.id, 'done', Uint8Array.of(2), 3)).toBe(false);
        expect(await store.signings.find(requestId, signing.idempotencyKey)).toMatchObject({
          state: 'interrupted',
          plannedTbs: expect.anything(),
          result: undefined,
        });
      });

      it('counts upwards from 1', async () => {
        expect([await store.counters.next('crl'), await store.counters.next('crl')]).toEqual([1, 2]);
      });

      it('chains events, also when many are written at once', async () => {
        const stream = newIdentifier('stream');
        await Promise.all(
          Array.from({ length: 8 }, (_, n) =>
            store.transaction(({ events }) => events.append(stream, 'test', { n })),
          ),
        );
        expect((await store.events.read(stream)).map((event) => event.sequence)).toEqual([
          1, 2, 3, 4, 5, 6, 7, 8,
        ]);
        expect(await store.events.verifyChain(stream)).toBeUndefined();
      });

      it('refuses to change or remove an event, and notices when somebody managed to', async () => {
        const stream = newIdentifier('stream');
        for (const n of [1, 2, 3]) await store.events.append(stream, 'test', { n });
        await store.close();
        const dialect =
          location.type === 'sqlite'
            ? openSqlite(location.path, location.keyHex)
            : openPostgres({ url: location.url, timeout: 10_000, onLost: ports.onConnectionLost });
        const db = new Kysely<Tables>({ dialect });
        await expect(db.deleteFrom('events').execute()).rejects.toThrow('append only');
        await expect(db.updateTable('events').set({ type: 'x' }).execute()).rejects.toThrow('append only');
        if (kind === 'sqlite') await sql`drop trigger events_refuse_update`.execute(db);
        else await sql`alter table events disable trigger user`.execute(db);
        const second = db.updateTable('events').set({ data: '{"n":9}' });
        await second.where('stream', '=', stream).where('sequence', '=', 2).execute();
        await db.destroy();
        store = await openStore(location, ports);
        expect(await store.events.verifyChain(stream)).toBe(2);
      });

      it('opens beside a later version that has migrated', async () => {
        const later = '9999-of-a-later-version';
        await store.close();
        const dialect =
          location.type === 'sqlite'
            ? openSqlite(location.path, location.keyHex)
            : openPostgres({ url: location.url, timeout: 10_000, onLost: ports.onConnectionLost });
        const db = new Kysely<Tables>({ dialect });
        await sql`insert into kysely_migration (name, timestamp) values (${later}, ${new Date().toISOString()})`.execute(
          db,
        );
        await db.destroy();
        store = await openStore(location, ports);
        await store.close();
        store = await openStore(location, ports);
        await store.assertAvailable();
      });

      it('does not store in the clear what names the signer', async () => {
        const id = await added();
        await store.close();
        const dialect =
          location.type === 'sqlite'
            ? openSqlite(location.path, location.keyHex)
            : openPostgres({ url: location.url, timeout: 10_000, onLost: ports.onConnectionLost });
        const db = new Kysely<Tables>({ dialect });
        const row = await db
          .selectFrom('requests')
          .selectAll()
          .where('id', '=', id)
          .executeTakeFirstOrThrow();
        await db.destroy();
        store = await openStore(location, ports);
        const text = Object.values(row)
          .map((value) =>
            value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value),
          )
          .join('\n');
        for (const secret of ['Canaryname', '600111222', '12345678Z', 'canary@'])
          expect(text).not.toContain(secret);
      });
    },
  );
});

describe('the SQLite file', () => {
  it('is encrypted, is refused with another key, and belongs to one process', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'store-'));
    const path = join(folder, 'service.db');
    const store = await openStore({ type: 'sqlite', path, keyHex: secrets.databaseKey }, ports);
    await store.events.append('canary-stream', 'canary-type');
    await expect(
      openStore({ type: 'sqlite', path, keyHex: secrets.databaseKey }, ports),
    ).rejects.toMatchObject({
      code: 'OSS_DATA_IN_USE',
      details: { reason: expect.stringContaining('service.db') },
    });
    await store.close();
    for (const file of [path, `${path}-wal`]) {
      const bytes = await readFile(file).catch(() => Buffer.alloc(0));
      for (const word of ['SQLite format', 'canary-stream', 'event_streams'])
        expect(bytes.includes(word)).toBe(false);
    }
    await expect(openStore({ type: 'sqlite', path, keyHex: 'ab'.repeat(32) }, ports)).rejects.toMatchObject({
      details: { reason: 'database: it was encrypted with another master secret' },
    });
    await rm(folder, { recursive: true });
  });
});
