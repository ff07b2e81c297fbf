import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { parseVerifierKey } from '../../src/base/tlog/checkpoint.ts';
import { followLog } from '../../src/base/tlog/follow.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { newManifest, type ServiceClient, startTestService, type TestService } from './service-client.ts';

const run = promisify(execFile);
const programs = await findPostgres();
let server: PostgresServer | undefined;
beforeAll(async () => {
  if (programs !== undefined) server = await startPostgres(programs);
});
afterAll(() => server?.stop());

let folder: string;
const file = (name: string): string => join(folder, name);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backup-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A machine under load. */
const WITHIN = { timeout: 30_000, interval: 100 };
const SETTINGS = { publicUrl: 'http://pki.example.com' };

async function sign(client: ServiceClient) {
  const { id } = await client.registered();
  const [manifest, key] = [newManifest(2), randomUUID()];
  await client.sendOtp(id, manifest);
  const { status, text } = await client.sign(id, await client.code(id), manifest, key);
  expect(status, text).toBe(200);
  return { id, key, text };
}

const logOf =
  ({ directory }: TestService) =>
  async (path: string) => {
    const { public: port } = JSON.parse(await readFile(join(directory, 'ports.json'), 'utf8')) as {
      public: number;
    };
    return new Uint8Array(await (await fetch(`http://127.0.0.1:${port}/log/${path}`)).arrayBuffer());
  };

/** The restored service answers for what was signed before, goes on signing, and continues the log. */
async function expectRestored(
  restored: TestService,
  signed: { id: string; key: string; text: string },
  checkpoint: string,
): Promise<void> {
  const { client } = restored;
  expect((await client.respondUnder(signed.id, signed.key)).text).toBe(signed.text);
  expect((await client.get(`/v1/requests/${signed.id}/events`)).body.events.length).toBeGreaterThan(4);
  await sign(client);
  const { body } = await client.get(`/v1/requests/${signed.id}/log`);
  const key = parseVerifierKey(body.key);
  if (key === undefined) throw new Error('no key');
  const { head } = await followLog(logOf(restored), key, checkpoint);
  expect(head.size).toBeGreaterThanOrEqual(2);
}

/** Signs, and shows the head of the log that counts it. */
async function signAndShow(service: TestService) {
  const signed = await sign(service.client);
  await expect
    .poll(async () => {
      const note = Buffer.from(await logOf(service)('checkpoint')).toString();
      return note.split('\n')[1];
    }, WITHIN)
    .toBe('2');
  return { signed, checkpoint: Buffer.from(await logOf(service)('checkpoint')).toString() };
}

it('SQLite: the data directory, copied while the service is stopped, is the whole of it', async () => {
  const service = await startTestService(SETTINGS, {}, file('data'));
  const { signed, checkpoint } = await signAndShow(service);
  await service.close();
  await cp(file('data'), file('backup'), { recursive: true });
  await rm(file('data'), { recursive: true });
  const restored = await startTestService(SETTINGS, {}, file('backup'));
  await expectRestored(restored, signed, checkpoint);
  await restored.close();
});

it.skipIf(programs === undefined)(
  'PostgreSQL: a dump of the database, taken while the service runs, and the data directory',
  async () => {
    const on = (name: string): string => (server?.url ?? '').replace('/postgres?', `/${name}?`);
    const admin = new pg.Client(server?.url ?? '');
    await admin.connect();
    for (const name of ['live', 'restored']) await admin.query(`create database ${name}`);
    await admin.end();
    const settings = (name: string) => ({ ...SETTINGS, database: { type: 'postgres', url: on(name) } });
    const service = await startTestService(settings('live'), {}, file('data'));
    const { signed, checkpoint } = await signAndShow(service);
    const [dump, restore] = ['pg_dump', 'pg_restore'].map((name) => join(programs ?? '', name)) as [
      string,
      string,
    ];
    await run(dump, ['--format=custom', `--file=${file('dump')}`, on('live')]);
    await cp(file('data'), file('backup'), { recursive: true });
    // What comes after the backup is lost with the machine, and nobody was shown it.
    await service.close();
    await run(restore, ['--no-owner', `--dbname=${on('restored')}`, file('dump')]);
    const restored = await startTestService(settings('restored'), {}, file('backup'));
    await expectRestored(restored, signed, checkpoint);
    await restored.close();
  },
);
