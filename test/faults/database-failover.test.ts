import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { startTestService, type TestService } from '../integration/service-client.ts';
import { findLosses, SigningClients } from '../integration/signing-clients.ts';
import { startFreezingRelay } from '../support/freezing-relay.ts';
import { isLongForm } from '../support/long-form.ts';
import {
  findPostgres,
  type PostgresServer,
  startPostgres,
  startStandby,
} from '../support/postgres-server.ts';

const programs = (await findPostgres()) ?? '';
const ROUNDS = isLongForm ? 5 : 1;
const LANES = 3;
/** Signatures that have to come before and after the primary is killed. */
const ENOUGH = 5;

async function ask(server: PostgresServer, ...statements: readonly string[]): Promise<unknown> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    let rows: unknown[] = [];
    for (const statement of statements) ({ rows } = await client.query(statement));
    return rows[0];
  } finally {
    await client.end();
  }
}

describe.skipIf(programs === '')(
  'a primary that is killed under load, and a standby that takes its place (skipped without /usr/lib/postgresql)',
  () => {
    it.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))(
      'lose no signature, code or serial number that was acknowledged, and make none twice (%i)',
      async () => {
        const ended: (() => Promise<unknown>)[] = [];
        try {
          const primary = await startPostgres(programs);
          ended.push(() => primary.stop());
          const standby = await startStandby(programs, primary);
          ended.push(() => standby.stop());
          await ask(
            primary,
            "alter system set synchronous_standby_names = 'ANY 1 (standby)'",
            'select pg_reload_conf()',
          );
          const state = 'select sync_state from pg_stat_replication';
          await expect.poll(() => ask(primary, state)).toEqual({ sync_state: 'quorum' });

          const relay = await startFreezingRelay(primary.socket);
          ended.push(() => relay.stop());
          const directory = await mkdtemp(join(tmpdir(), 'failover-'));
          ended.push(() => rm(directory, { recursive: true }));
          const settings = {
            database: {
              type: 'postgres',
              url: `postgresql://service@127.0.0.1:${relay.port}/postgres`,
              queryTimeoutSeconds: 10,
            },
            publicUrl: 'http://127.0.0.1:1',
          };
          const services: TestService[] = [];
          for (let process = 0; process < 2; process += 1) {
            const service = await startTestService(settings, {}, directory);
            ended.push(() => service.close());
            services.push(service);
          }

          const clients = new SigningClients(services.map(({ client }) => client));
          const stop = clients.begin(LANES);
          const signed = () => clients.acknowledged.length;
          await expect.poll(signed, { timeout: 60_000 }).toBeGreaterThan(ENOUGH);
          await primary.halt();
          await ask(standby, 'select pg_promote()');
          relay.leadTo(standby.socket);
          const before = signed();
          await expect.poll(signed, { timeout: 60_000 }).toBeGreaterThan(before + ENOUGH);
          await stop();

          const [first] = services;
          if (first === undefined) throw new Error('a service is needed');
          expect(await findLosses(clients, first.client)).toEqual([]);
          expect([...clients.refusals.keys()].filter((name) => name.startsWith('500'))).toEqual([]);
        } finally {
          for (const end of ended.reverse()) await end();
        }
      },
      180_000,
    );
  },
);
