import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deriveSecrets } from '../../src/service/settings/master-secret.ts';
import { openStore, type Store } from '../../src/service/store/store.ts';
import {
  newManifest,
  type Response,
  startTestService,
  type TestService,
} from '../integration/service-client.ts';
import { type FreezingRelay, startFreezingRelay } from '../support/freezing-relay.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../support/postgres-server.ts';

const programs = await findPostgres();

describe.skipIf(programs === undefined)(
  'a PostgreSQL that goes away (skipped without /usr/lib/postgresql)',
  () => {
    let server: PostgresServer;
    let relay: FreezingRelay;
    /** A connection of its own, past the relay. */
    let administrator: pg.Client;
    let url: string;
    const uncaught: unknown[] = [];
    const remember = (error: unknown) => uncaught.push(error);

    beforeAll(async () => {
      process.on('uncaughtExceptionMonitor', remember);
      server = await startPostgres(programs ?? '');
      relay = await startFreezingRelay(server.socket);
      url = `postgresql://service@127.0.0.1:${relay.port}/postgres`;
      administrator = new pg.Client({ connectionString: server.url });
      await administrator.connect();
    });
    afterAll(async () => {
      process.off('uncaughtExceptionMonitor', remember);
      await administrator.end();
      await relay.stop();
      await server.stop();
    });
    afterEach(() => relay.thaw());

    /** Those that wait for a lock before the one that holds it: otherwise they have it and are done before their end. */
    const killBackends = () =>
      administrator.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and usename = current_user
         order by wait_event_type is not distinct from 'Lock' desc`,
      );
    /** How many connections wait for a lock. */
    const waiting = async (): Promise<number> => {
      const { rows } = await administrator.query(
        "select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock'",
      );
      return rows[0].n;
    };
    const outcomeOf = (work: Promise<unknown>): Promise<unknown> =>
      work.then(
        () => 'done',
        (error: { code?: unknown; retryable?: unknown }) => [error.code, error.retryable],
      );
    const LOST = ['OSS_DATABASE_UNAVAILABLE', true];

    describe('under the store', () => {
      let store: Store;
      const lost: Error[] = [];
      beforeEach(async () => {
        store = await openStore(
          { type: 'postgres', url, queryTimeoutSeconds: 1 },
          {
            clock: () => new Date(),
            box: deriveSecrets(new Uint8Array(32)).box,
            onConnectionLost: (error) => lost.push(error),
          },
        );
      });
      afterEach(() => store.close());

      it('ends a transaction whose connection is killed, is told of it, and works with the next', async () => {
        const broken = store.transaction(async ({ counters }) => {
          await counters.next('half done');
          await killBackends();
          await counters.next('half done');
        });
        expect(await outcomeOf(broken)).toEqual(LOST);
        await expect.poll(() => lost.length).toBeGreaterThan(0);
        expect(await store.counters.next('half done')).toBe(1);
      });

      it('ends a transaction that is killed while it waits for somebody else', async () => {
        let end: () => void = () => undefined;
        const mayEnd = new Promise<void>((resolve) => {
          end = resolve;
        });
        let holder: Promise<unknown> = Promise.resolve();
        await new Promise<void>((holds) => {
          const work = store.transaction(async ({ counters }) => {
            await counters.next('contended');
            holds();
            await mayEnd;
          });
          holder = outcomeOf(work);
        });
        const waiter = outcomeOf(store.counters.next('contended'));
        await expect.poll(waiting).toBe(1);
        await killBackends();
        expect(await waiter).toEqual(LOST);
        end();
        expect(await holder).toEqual(LOST);
      });

      it('ends the wait when the network goes silent, in and outside of transactions, and works again after it', async () => {
        const before = await store.counters.next('silent');
        const work = [
          store.transaction(async ({ counters }) => {
            await counters.next('silent');
            relay.freeze();
            await counters.next('silent');
          }),
          ...Array.from({ length: 20 }, () => store.counters.next('other')),
        ];
        const [transaction] = await Promise.all(work.map(outcomeOf));
        expect(transaction).toEqual(LOST);
        expect(await outcomeOf(store.assertAvailable())).toEqual(LOST);
        relay.thaw();
        await expect.poll(() => outcomeOf(store.assertAvailable()), { timeout: 30_000 }).toBe('done');
        expect(await store.counters.next('silent')).toBe(before + 1);
      });

      it('goes on while a later version changes its tables, in and outside of transactions', async () => {
        const all = () => store.officers.all();
        for (let n = 0; n < 3; n += 1) await all();
        await administrator.query('alter table officers add column of_a_later_version text');
        expect(await all()).toEqual([]);
        // As many connections as there are, each with what was planned before.
        expect(await Promise.all(Array.from({ length: 12 }, all))).toHaveLength(12);
        await administrator.query('alter table officers add column of_another_one text');
        const inside = await outcomeOf(store.transaction(({ officers }) => officers.all()));
        expect(['done', LOST]).toContainEqual(inside);
        expect(await outcomeOf(store.transaction(({ officers }) => officers.all()))).toBe('done');
      });

      it('lets go of it when it closes, even over a silent network', async () => {
        relay.freeze();
        const started = performance.now();
        await store.close();
        expect(performance.now() - started).toBeLessThan(3_000);
      });
    });

    describe('under the service', () => {
      let directory: string;
      let running: TestService;
      beforeAll(async () => {
        directory = await mkdtemp(join(tmpdir(), 'database-lost-'));
        const database = { type: 'postgres', url, queryTimeoutSeconds: 1 };
        running = await startTestService({ database }, {}, directory);
      });
      afterAll(async () => {
        await running.close();
        await rm(directory, { recursive: true });
      });
      const ready = async () => {
        const { status, body } = await running.client.get('/ready');
        return [status, body.status, body.checks.database];
      };

      it('is ready while it is there, on both listeners', async () => {
        const all = { database: 'ok', keys: 'ok', clock: 'ok', timestamp: 'ok', sms: 'ok' };
        expect((await running.client.get('/ready')).body).toEqual({ status: 'ready', checks: all });
        const { publicUrl } = running.service.ready;
        expect(await (await fetch(`${publicUrl}/ready`)).json()).toEqual({ status: 'ready', checks: all });
        expect(await (await fetch(`${publicUrl}/health`)).json()).toEqual({ status: 'ok' });
      });

      it('answers 503 and retryable while the network is silent, stays alive, says so, and goes on afterwards', async () => {
        const { id } = await running.client.registered();
        relay.freeze();
        const calls = await Promise.all([
          running.client.sendOtp(id, newManifest()),
          running.client.get(`/v1/requests/${id}`),
          running.client.create(),
          running.client.login(),
        ]);
        for (const { status, body } of calls) {
          expect([status, body.error.code, body.error.retryable]).toEqual([503, ...LOST]);
        }
        expect((await running.client.get('/health')).status).toBe(200);
        await expect.poll(ready, { timeout: 30_000 }).toEqual([503, 'notReady', 'failed']);
        relay.thaw();
        await expect.poll(ready, { timeout: 30_000 }).toEqual([200, 'ready', 'ok']);
        expect(await running.client.state(id)).toBe('approved');
      });

      it('starts when connections are lost meanwhile, and as soon as the server is there', async () => {
        const data = await mkdtemp(join(tmpdir(), 'database-late-'));
        const database = { type: 'postgres', url, queryTimeoutSeconds: 1 };
        // Each connection that the start makes is lost, at whatever it is used for.
        const cutting = setInterval(() => relay.cut(), 30);
        const late = startTestService({ database }, {}, data);
        late.catch(() => undefined);
        await pause(1500);
        clearInterval(cutting);
        relay.freeze();
        await pause(1500);
        relay.thaw();
        const { client, close } = await late;
        expect((await client.create()).status).toBe(201);
        relay.freeze();
        // And it can be stopped without.
        await close();
        relay.thaw();
        await rm(data, { recursive: true });
      }, 60_000);

      it('survives the death of every connection amid calls, again and again', async () => {
        const { id } = await running.client.registered();
        const outcomes = new Set<number>();
        let underWay = 0;
        const call = async (work: () => Promise<Response>) => {
          underWay += 1;
          outcomes.add((await work()).status);
          underWay -= 1;
        };
        const calls = Array.from({ length: 4 }, () => [
          call(() => running.client.create()),
          call(() => running.client.sendOtp(id, newManifest())),
          call(() => running.client.get(`/v1/requests/${id}/events`)),
        ]).flat();
        while (underWay > 0) await killBackends();
        await Promise.all(calls);
        // Nothing but done, limited or repeatable: no 500, and no process that ended.
        expect([...outcomes].filter((status) => ![200, 201, 429, 503].includes(status))).toEqual([]);
        await expect.poll(ready, { timeout: 30_000 }).toEqual([200, 'ready', 'ok']);
        expect((await running.client.create()).status).toBe(201);
        expect(uncaught).toEqual([]);
      });
    });
  },
);
