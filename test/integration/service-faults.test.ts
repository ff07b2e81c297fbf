import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COMMAND_LINE, isBuildNeeded } from '../../scripts/build.mjs';
import type { Manifest } from '../../src/contract/model/manifest.ts';
import type { ServiceReady } from '../../src/contract/service-api/process.ts';
import { deriveSecrets, loadMasterSecret } from '../../src/service/settings/master-secret.ts';
import { openSqlite } from '../../src/service/store/sqlite.adapter.ts';
import type { Tables } from '../../src/service/store/tables.ts';
import { newManifest, ServiceClient, startTestService, TestClock } from './service-client.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'service-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** Works on the database of a service that is stopped. */
async function withDatabase<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
  const master = loadMasterSecret({ masterSecret: { from: 'generated' }, dataDirectory: directory });
  const { databaseKey } = deriveSecrets(master);
  const db = new Kysely<Tables>({ dialect: openSqlite(join(directory, 'service.db'), databaseKey) });
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

const codeSent = async (client: ServiceClient, id: string, manifest: Manifest): Promise<string> => {
  const sent = await client.sendOtp(id, manifest);
  expect(sent.status, sent.text).toBe(200);
  return client.code(id);
};

describe('two calls at once', () => {
  it('have one winner; the others are told that it is being signed, whatever their key and code', async () => {
    const { client, close } = await startTestService({}, {}, directory);
    const { id } = await client.registered({ profile: 'single-use-rsa2048' });
    const manifest = newManifest(3);
    const code = await codeSent(client, id, manifest);
    const responses = await Promise.all(Array.from({ length: 6 }, () => client.sign(id, code, manifest)));
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1);
    const others = responses.filter(({ status }) => status !== 200).map(({ body }) => body.error.code);
    for (const other of others) expect(['OSS_SIGNING_IN_PROGRESS', 'OSS_SIGNING_DONE']).toContain(other);
    await close();
  });

  it('with the same key get the same bytes', async () => {
    const { client, close } = await startTestService({}, {}, directory);
    const { id } = await client.registered();
    const manifest = newManifest(2);
    const code = await codeSent(client, id, manifest);
    const key = randomUUID();
    const responses = await Promise.all(
      Array.from({ length: 4 }, () => client.sign(id, code, manifest, key)),
    );
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(responses.map(({ text }) => text)).size).toBe(1);
    await close();
  });
});

describe('a database that fails between signed and stored (RE-02)', () => {
  it('leaves a request that takes a new code, and the plan of the certificate in the record', async () => {
    const clock = new TestClock();
    const first = await startTestService({}, { clock: clock.now }, directory);
    const { id } = await first.client.registered();
    await first.close();
    await withDatabase((db) =>
      sql`create trigger broken_disk before update of result on signings when new.result is not null
        begin select raise(abort, 'disk failure'); end`.execute(db),
    );

    const broken = await startTestService({}, { clock: clock.now }, directory);
    const manifest = newManifest(2, clock.now());
    const key = randomUUID();
    const code = await codeSent(broken.client, id, manifest);
    const failed = await broken.client.sign(id, code, manifest, key);
    expect([failed.status, failed.body.error.code]).toEqual([409, 'OSS_SIGNING_INTERRUPTED']);
    expect(await broken.client.state(id)).toBe('approved');
    expect((await broken.client.sign(id, code, manifest, key)).body.error.code).toBe(
      'OSS_SIGNING_INTERRUPTED',
    );
    expect((await broken.client.sign(id, code, manifest)).body.error.code).toBe('OSS_OTP_REFUSED');
    await broken.close();
    const record = await withDatabase(async (db) => {
      await sql`drop trigger broken_disk`.execute(db);
      return db.selectFrom('signings').selectAll().where('request_id', '=', id).execute();
    });
    expect(record).toMatchObject([{ state: 'interrupted', result: null }]);
    expect(record[0]?.planned_tbs?.length).toBeGreaterThan(200);

    clock.advance(61);
    const repaired = await startTestService({}, { clock: clock.now }, directory);
    const again = newManifest(2, clock.now());
    expect((await repaired.client.sign(id, await codeSent(repaired.client, id, again), again)).status).toBe(
      200,
    );
    const { events } = (await repaired.client.get(`/v1/requests/${id}/events`)).body;
    expect(events.filter((event: { type: string }) => event.type === 'signing.done')).toHaveLength(1);
    await repaired.close();
  });
});

if (isBuildNeeded()) throw new Error('out/ is older than the sources: run `npm run build` first');

/** The compiled service in a process of its own. */
async function startProcess() {
  const config = { mode: 'sandbox', dataDirectory: directory, logLevel: 'silent' };
  const child = fork(join(dirname(COMMAND_LINE), 'signature-service.js'), [], {
    env: { ...process.env, ONESHOT_SERVICE_CONFIG: JSON.stringify(config) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [ready] = (await once(child, 'message')) as [ServiceReady];
  expect(ready.type).toBe('ready');
  const client = new ServiceClient(ready.apiUrl);
  await client.login();
  return { child, ready, client };
}

describe('kill -9 while it signs (RE-05)', () => {
  it('signs nothing twice: the old call is interrupted, the code used up, a new code signs once', async () => {
    const first = await startProcess();
    const { id } = await first.client.registered({ profile: 'single-use-rsa4096' });
    const manifest = newManifest(20);
    const code = await codeSent(first.client, id, manifest);
    const key = randomUUID();
    const cutOff = first.client.sign(id, code, manifest, key).catch(() => undefined);
    while ((await first.client.state(id)) !== 'signing');
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    expect(await cutOff).toBeUndefined();

    const second = await startProcess();
    expect(second.ready.apiUrl).toBe(first.ready.apiUrl);
    expect(second.ready.publicUrl).toBe(first.ready.publicUrl);
    expect((await second.client.sign(id, code, manifest, key)).body.error.code).toBe(
      'OSS_SIGNING_INTERRUPTED',
    );
    expect((await second.client.sign(id, code, manifest)).body.error.code).toBe('OSS_OTP_REFUSED');
    expect(await second.client.state(id)).toBe('approved');
    const { events } = (await second.client.get(`/v1/requests/${id}/events`)).body;
    expect(events.map((event: { type: string }) => event.type)).not.toContain('signing.done');
    second.child.send({ type: 'stop' });
    expect(await once(second.child, 'exit')).toEqual([0, null]);
  });
});
