import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import pg from 'pg';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { TLOG_JUDGE } from '../../scripts/prerequisites.mjs';
import { sealedBox } from '../../src/base/sealed-box.ts';
import { logSigner, openCheckpoint, parseVerifierKey, verifierKey } from '../../src/base/tlog/checkpoint.ts';
import { commitmentTo, encodeEntry } from '../../src/base/tlog/entry.ts';
import { followLog, LogFault } from '../../src/base/tlog/follow.ts';
import { parseProof, proves } from '../../src/base/tlog/proof-file.ts';
import { parseTilePath } from '../../src/base/tlog/tiles.ts';
import { parseCertificate } from '../../src/pki/index.ts';
import { createServer } from '../../src/service/http/create-server.ts';
import { mountRoutes } from '../../src/service/http/mount-routes.ts';
import { LOG_ROUTES } from '../../src/service/http/public/routes/log.ts';
import { type DatabaseLocation, openStore, type Store } from '../../src/service/store/store.ts';
import { openTransparencyLog, type TransparencyLog } from '../../src/service/transparency/log.ts';
import { sequence } from '../../src/service/transparency/sequencer.ts';
import { describeWithJudge } from '../conformance/judges/at-hand.ts';
import { runJudge } from '../conformance/judges/judged-file.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { newManifest, startTestService } from './service-client.ts';

const signer = logSigner('sign.example.com/log', randomBytes(32));
const programs = await findPostgres();

/** A machine under load. */
const WITHIN = { timeout: 30_000, interval: 100 };

let folder: string;
let server: PostgresServer | undefined;
beforeAll(async () => {
  if (programs !== undefined) server = await startPostgres(programs);
});
afterAll(() => server?.stop());

const opened: { close(): Promise<void> }[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'log-'));
});
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
  await rm(folder, { recursive: true });
});

async function open(location: DatabaseLocation): Promise<Store> {
  const store = await openStore(location, {
    clock: () => new Date(),
    box: sealedBox(Buffer.alloc(32, 7)),
    onConnectionLost: () => undefined,
  });
  opened.push(store);
  return store;
}

const sqlite = (name = 'store.db'): DatabaseLocation => ({
  ...{ type: 'sqlite', path: join(folder, name), keyHex: '11'.repeat(32) },
});

let databases = 0;
/** A database of its own on the server. */
async function postgres(): Promise<DatabaseLocation> {
  databases += 1;
  const client = new pg.Client(server?.url ?? '');
  await client.connect();
  await client.query(`create database log${databases}`);
  await client.end();
  const url = (server?.url ?? '').replace('/postgres?', `/log${databases}?`);
  return { type: 'postgres', url, queryTimeoutSeconds: 10 };
}

async function logOn(store: Store, failures: unknown[] = []): Promise<TransparencyLog> {
  const log = await openTransparencyLog({
    ...{ store, signer, dataDirectory: folder, randomBytes },
    clock: () => new Date(),
    onFailure: (error) => failures.push(error),
  });
  opened.push(log);
  return log;
}

const record = async (store: Store, log: TransparencyLog, count: number, request = 'req'): Promise<void> => {
  await store.transaction(async (repositories) => {
    for (let i = 0; i < count; i += 1) await log.record(repositories, request, 'signature', randomBytes(8));
  });
};

/** Reads a log as from outside. */
const reading = (log: TransparencyLog) => async (path: string) => {
  if (path === 'checkpoint') return Buffer.from((await log.checkpoint()) ?? '');
  const name = parseTilePath(path);
  const bytes = name && (await log.tile(name));
  if (bytes === undefined) throw new Error(`nothing at ${path}`);
  return bytes;
};

describe.each([
  ['SQLite', async () => sqlite(`${randomBytes(4).toString('hex')}.db`)],
  ...(programs === undefined ? [] : [['PostgreSQL', postgres] as const]),
] as const)('the log on %s', (_database, locate) => {
  it('only grows, however it is fed, and every former head is continued', async () => {
    const store = await open(await locate());
    const log = await logOn(store);
    const heads: string[] = [];
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 90 }), async (count) => {
        await record(store, log, count);
        await log.sequence();
        const before = heads[Math.floor(heads.length / 2)];
        const { checkpoint, head } = await followLog(reading(log), signer, before);
        heads.push(checkpoint);
        expect(head.size).toBe((await store.log.head())?.size);
      }),
      { numRuns: 12 },
    );
    for (const former of heads) await followLog(reading(log), signer, former);
  });

  it('has a place for every entry or for none, wherever a sequencer dies', async () => {
    const store = await open(await locate());
    const log = await logOn(store);
    await record(store, log, 300);
    let deaths = 0;
    for (const step of ['lock', 'waiting', 'head', 'place', 'tile', 'writeTile', 'addHead'] as const) {
      const dying: Store = {
        ...store,
        transaction: (work) =>
          store.transaction((repositories) =>
            work({
              ...repositories,
              log: {
                ...repositories.log,
                [step]: async (...args: never[]) => {
                  await (repositories.log[step] as (...given: never[]) => Promise<unknown>)(...args);
                  deaths += 1;
                  throw new Error('killed');
                },
              },
            }),
          ),
      };
      await expect(sequence(dying, signer, Date.now()), step).rejects.toThrow('killed');
      expect(await store.log.countWaiting()).toBe(300);
      expect(await store.log.head()).toBeUndefined();
    }
    expect(deaths).toBe(7);
    await log.sequence();
    expect((await followLog(reading(log), signer, undefined)).entries).toHaveLength(300);
  });

  it('keeps an entry whose salt is erased, which then says nothing of what it was about', async () => {
    const store = await open(await locate());
    const log = await logOn(store);
    await record(store, log, 3, 'kept');
    await record(store, log, 2, 'erased');
    await log.sequence();
    const former = await log.checkpoint();
    const [shown] = await log.entriesOf('erased');
    await store.log.erase('erased');
    expect(await log.entriesOf('erased')).toEqual([]);
    expect(await log.entriesOf('kept')).toHaveLength(3);
    await record(store, log, 1);
    await log.sequence();
    // Provable as before.
    const { entries } = await followLog(reading(log), signer, former);
    expect(entries).toHaveLength(1);
    const all = await followLog(reading(log), signer, undefined);
    const texts = all.entries.map((entry) => Buffer.from(entry).toString());
    // Who still knows what was signed, and guesses without the salt, finds nothing.
    const digest = shown?.digest ?? new Uint8Array();
    for (const salt of [new Uint8Array(), Buffer.alloc(32)]) {
      const guess = encodeEntry({ act: 'signature', commitment: commitmentTo(salt, digest) });
      expect(texts).not.toContain(Buffer.from(guess).toString());
    }
    const opening = { act: 'signature' as const, commitment: commitmentTo(shown?.salt ?? digest, digest) };
    expect(texts).toContain(Buffer.from(encodeEntry(opening)).toString());
  });
});

describe.skipIf(programs === undefined)('services that share a database (skipped without PostgreSQL)', () => {
  it('sequence together: dense, nothing twice, one history', async () => {
    const location = await postgres();
    const stores = [await open(location), await open(location), await open(location)];
    const failures: unknown[] = [];
    const logs = await Promise.all(stores.map((store) => logOn(store, failures)));
    await Promise.all(
      stores.map(async (store, index) => {
        const log = logs[index] as TransparencyLog;
        for (let round = 0; round < 25; round += 1) {
          await record(store, log, 1 + (round % 4));
          await log.sequence();
        }
      }),
    );
    const [store] = stores as [Store];
    while ((await store.log.countWaiting()) > 0) await logs[0]?.sequence();
    expect(failures).toEqual([]);
    const { entries } = await followLog(reading(logs[1] as TransparencyLog), signer, undefined);
    expect(entries).toHaveLength(3 * (6 * 10 + 1));
    expect(new Set(entries.map((entry) => Buffer.from(entry).toString())).size).toBe(entries.length);
  });
});

describe('a database that was restored', () => {
  const published = () => join(folder, 'published-checkpoint');

  it('from before what was published is refused: signing on would make two histories', async () => {
    const store = await open(sqlite());
    const log = await logOn(store);
    await record(store, log, 5);
    await log.sequence();
    await log.checkpoint();
    const older = await open(sqlite('older.db'));
    await expect(logOn(older)).rejects.toMatchObject({
      code: 'OSS_CONFIG_INVALID',
      details: { reason: expect.stringContaining('0 entries and does not continue the 5') },
    });
    // One of the same size, with another content.
    const other = await open(sqlite('other.db'));
    await rm(published());
    const otherLog = await logOn(other);
    await record(other, otherLog, 5);
    await otherLog.sequence();
    await writeFile(published(), (await store.log.head())?.note ?? '');
    await expect(logOn(other)).rejects.toMatchObject({ code: 'OSS_CONFIG_INVALID' });
    await expect(logOn(store)).resolves.toBeDefined();
  });
});

describe('who follows a log', () => {
  it('notices a tile, an entry or a head that is not what was signed', async () => {
    const store = await open(sqlite());
    const log = await logOn(store);
    await record(store, log, 300);
    await log.sequence();
    const former = (await log.checkpoint()) ?? '';
    await record(store, log, 300);
    await log.sequence();
    const read = reading(log);
    await followLog(read, signer, former);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('checkpoint', 'tile/0/001', 'tile/0/002.p/88', 'tile/1/000.p/2', 'tile/entries/001'),
        fc.nat(),
        async (path, at) => {
          const changed = async (asked: string) => {
            const bytes = Buffer.from(await read(asked));
            if (asked !== path) return bytes;
            // Not the last characters of base64, some of whose bits say nothing.
            const place = at % (path === 'checkpoint' ? 20 : bytes.length);
            bytes[place] = (bytes[place] ?? 0) ^ 1;
            return bytes;
          };
          await expect(followLog(changed, signer, former)).rejects.toThrow(LogFault);
        },
      ),
      { numRuns: 60 },
    );
    await expect(followLog(async () => Buffer.from(former), signer, await log.checkpoint())).rejects.toThrow(
      LogFault,
    );
  });
});

describe('a service', () => {
  it('logs every certificate and signature, and answers with proofs that hold', async () => {
    const { client, service, close } = await startTestService();
    try {
      const { id } = await client.registered();
      const manifest = newManifest(2);
      await client.sendOtp(id, manifest);
      const response = await client.sign(id, await client.code(id), manifest);
      expect(response.status, response.text).toBe(200);
      const { body } = await vi.waitFor(async () => {
        const answer = await client.get(`/v1/requests/${id}/log`);
        expect(answer.body.entries.every((entry: { proof?: string }) => entry.proof)).toBe(true);
        return answer;
      }, WITHIN);
      const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('base64');
      const { tbs } = parseCertificate(Buffer.from(response.body.certificate, 'base64'));
      expect(body.entries.map(({ act, digest }: never) => [act, digest])).toEqual([
        ['issuance', sha256(tbs)],
        ['signature', sha256(response.text)],
      ]);
      const { publicUrl } = service.ready;
      const served = async (path: string) =>
        new Uint8Array(await (await fetch(`${publicUrl}/log/${path}`)).arrayBuffer());
      const key = parseVerifierKey(body.key);
      if (key === undefined) throw new Error('no key');
      expect(Buffer.from(await served('key')).toString()).toBe(`${body.key}\n`);
      for (const { act, salt, digest, proof } of body.entries) {
        const opening = commitmentTo(Buffer.from(salt, 'base64'), Buffer.from(digest, 'base64'));
        const parsed = parseProof(proof);
        expect(parsed && proves(parsed, encodeEntry({ act, commitment: opening }), key)).toBe(true);
      }
      const { head, entries } = await followLog(served, key, undefined);
      expect(head.size).toBe(2);
      for (const entry of entries) {
        expect(Buffer.from(entry).toString()).toMatch(
          /^\{"v":1,"act":"(issuance|signature)","c":"[\w-]{43}"\}$/,
        );
      }
      for (const path of ['tile/0/000', 'tile/0/000.p/3', 'tile/0/1', 'tile/9/000', 'tile/entries/../000']) {
        expect((await fetch(`${publicUrl}/log/${path}`)).status, path).toBe(404);
      }
      expect(openCheckpoint(Buffer.from(await served('checkpoint')).toString(), key)?.size).toBe(2);
    } finally {
      await close();
    }
  });
});

describeWithJudge('the Go verifiers of logs', 'the Go verifiers, asked about a log that is served', () => {
  it('find every entry included and every former head continued, and notice a changed tile', async () => {
    const store = await open(sqlite());
    const log = await logOn(store);
    const files: string[] = [];
    for (const count of [1, 6, 249, 44, 230]) {
      await record(store, log, count);
      await log.sequence();
      const file = join(folder, `checkpoint-${files.length}`);
      await writeFile(file, (await log.checkpoint()) ?? '');
      files.push(file);
    }
    const limits = {
      ...{
        callsPerMinute: 1_000_000,
        callsPerMinuteLoggedIn: 1_000_000,
        loginsPerMinute: 1,
        bodyBytes: 1024,
      },
      requestTimeoutSeconds: 10,
    };
    let forged = false;
    const shown: Pick<TransparencyLog, 'verifierKey' | 'checkpoint' | 'tile'> = {
      ...log,
      async tile(name) {
        const bytes = await log.tile(name);
        if (!forged || bytes === undefined || name.level !== 0) return bytes;
        const changed = Buffer.from(bytes);
        changed[40] = (changed[40] ?? 0) ^ 1;
        return changed;
      },
    };
    const http = await createServer({ limits, log: pino({ level: 'silent' }) });
    await mountRoutes(http, { log: shown } as never, LOG_ROUTES, limits);
    await http.listen({ host: '127.0.0.1', port: 0 });
    opened.push({ close: () => http.close().then(() => undefined) });
    const url = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}/log`;
    const judged = await runJudge(TLOG_JUDGE, [url, log.verifierKey, ...files]);
    expect(judged).toEqual({ code: 0, output: '530 entries\n' });
    const stranger = logSigner(signer.origin, randomBytes(32));
    await writeFile(join(folder, 'stranger'), (await log.checkpoint()) ?? '');
    expect((await runJudge(TLOG_JUDGE, [url, verifierKey(stranger), join(folder, 'stranger')])).code).toBe(1);
    forged = true;
    expect((await runJudge(TLOG_JUDGE, [url, log.verifierKey])).code).toBe(1);
  });
});
