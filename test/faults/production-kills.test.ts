import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { fetch } from 'undici';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { COMMAND_LINE } from '../../scripts/build.mjs';
import { parseVerifierKey } from '../../src/base/tlog/checkpoint.ts';
import { followLog } from '../../src/base/tlog/follow.ts';
import { Random } from '../chaos/random.ts';
import { describeWithJudge, missing } from '../conformance/judges/at-hand.ts';
import { oneshot } from '../integration/command-line.ts';
import { makeServerCertificates } from '../integration/production-config.ts';
import { ServiceClient } from '../integration/service-client.ts';
import { findLosses, SigningClients } from '../integration/signing-clients.ts';
import { type FreezingRelay, startFreezingRelay } from '../support/freezing-relay.ts';
import { freePort } from '../support/local-server.ts';
import { isLongForm } from '../support/long-form.ts';
import {
  findPostgres,
  type PostgresServer,
  startPostgres,
  startStandby,
} from '../support/postgres-server.ts';
import { type Smsc, startTestSmsc } from '../support/smsc.ts';
import { makeSoftToken, type RemoteToken, remoteTokenOf, type SoftToken } from '../support/softhsm.ts';

const needed = ['PostgreSQL', 'jsmpp', 'SoftHSM', 'p11-kit'];
const judge = needed.find((name) => missing(name) !== undefined) ?? 'p11-kit';

/** Ten minutes in the long form, otherwise each kill once; `ONESHOT_KILLS=120,7` has that many seconds, and another seed. */
const [SECONDS = isLongForm ? 600 : 0, SEED = 20_261_130] = (process.env.ONESHOT_KILLS ?? '')
  .split(',')
  .filter(Boolean)
  .map(Number);
const LANES = 4;
/** Between two kills. */
const EVERY_MS = 3000;
const ENOUGH = 3;
const CALM_MS = 120_000;

const PASSWORD = 'a better password';
const PIN = '750316';

describeWithJudge(judge, 'a production service of which everything is killed at random under load', () => {
  let folder: string;
  let token: SoftToken;
  let device: RemoteToken;
  let smsc: Smsc;
  let smscPort: number;
  let relay: FreezingRelay;
  let primary: PostgresServer;
  let standby: PostgresServer | undefined;
  let programs: string;
  let service: ChildProcess | undefined;
  let isStopping = false;
  let starts = 0;
  let publicUrl: string;
  let apiUrl: string;
  /** What earlier processes of the SMSC took. */
  const texts: string[] = [];
  const file = (name: string): string => join(folder, name);
  const taken = (): string[] => [...texts, ...smsc.taken()];

  const ask = async (server: PostgresServer, statement: string): Promise<unknown> => {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    try {
      return (await client.query(statement)).rows[0];
    } finally {
      await client.end();
    }
  };
  const makeStandby = async (): Promise<void> => {
    standby = await startStandby(programs, primary);
    await ask(primary, "alter system set synchronous_standby_names = 'ANY 1 (standby)'");
    await ask(primary, 'select pg_reload_conf()');
    const state = 'select sync_state from pg_stat_replication';
    const isQuorum = async () => expect(await ask(primary, state)).toEqual({ sync_state: 'quorum' });
    await vi.waitFor(isQuorum, { timeout: 30_000, interval: 100 });
  };

  /** As an init system does: what ends is started again, until it is told to stop. */
  async function supervise(): Promise<void> {
    while (!isStopping) {
      const child = spawn(process.execPath, [COMMAND_LINE, 'serve', '--config', file('service.json')], {
        stdio: 'ignore',
      });
      service = child;
      starts += 1;
      await once(child, 'exit');
      if (!isStopping) await pause(200);
    }
  }
  let supervised: Promise<void> | undefined;

  const ready = async (): Promise<boolean> =>
    (await fetch(`${publicUrl}/ready`).catch(() => undefined))?.status === 200;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kills-'));
    programs = (await findPostgres()) as string;
    token = await makeSoftToken();
    device = remoteTokenOf(token);
    await device.start();
    primary = await startPostgres(programs);
    await makeStandby();
    relay = await startFreezingRelay(primary.socket);
    smscPort = await freePort();
    smsc = await startTestSmsc(1000, 'after', smscPort);
    await writeFile(file('master'), randomBytes(32).toString('hex'), { mode: 0o600 });
    await writeFile(file('password'), PASSWORD);
    await writeFile(file('pin'), PIN);
    await writeFile(file('smsc-password'), 'secret', { mode: 0o600 });
    const [api, open] = [await freePort(), await freePort()];
    [apiUrl, publicUrl] = [`https://127.0.0.1:${api}`, `http://127.0.0.1:${open}`];
    const config = {
      ...{ mode: 'production', dataDirectory: file('data'), publicUrl, issuer: 'Example Bank' },
      database: { type: 'postgres', url: `postgresql://service@127.0.0.1:${relay.port}/postgres` },
      api: { port: api, tls: makeServerCertificates(folder) },
      public: { port: open },
      masterSecret: { from: 'file', path: file('master') },
      keys: { type: 'pkcs11', module: device.module, uri: token.uri, sessions: 4 },
      sms: {
        ...{ type: 'smpp', name: 'smsc', host: '127.0.0.1', port: smscPort, systemId: 'bank', from: 'Bank' },
        password: { from: 'file', path: file('smsc-password') },
      },
      initialOfficer: {
        ...{ username: 'maria', displayName: 'Maria', registrationAuthorities: ['1000'] },
        ...{ passwordFile: file('password'), pinFile: file('pin') },
      },
    };
    await writeFile(file('service.json'), JSON.stringify(config));
    const made = await oneshot([
      ...['keys', 'generate', '--config', file('service.json'), '--organization', 'Example Bank'],
      ...['--country', 'ES', '--policy', '1.3.6.1.4.1.99999.1.1'],
      ...['--timestamp-policy', '1.3.6.1.4.1.99999.1.2'],
    ]);
    if (made.code !== 0) throw new Error(made.stderr);
    supervised = supervise();
    const isReady = async () => expect(await ready()).toBe(true);
    await vi.waitFor(isReady, { timeout: 60_000, interval: 200 });
  }, 240_000);
  afterAll(async () => {
    isStopping = true;
    service?.kill('SIGTERM');
    await supervised;
    // What did not start has nothing to end.
    await smsc?.kill();
    await relay?.stop();
    await primary?.stop();
    await standby?.stop();
    await device?.kill();
    await token?.remove();
    await rm(folder, { recursive: true, force: true });
  }, 120_000);

  const kills = {
    service: async () => void service?.kill('SIGKILL'),
    async smsc() {
      await smsc.kill();
      texts.push(...smsc.taken());
      smsc = await startTestSmsc(1000, 'after', smscPort);
    },
    async device() {
      await device.kill();
      await device.start();
    },
    async tokenProcess() {
      // A service that is just starting has none.
      const { stdout } = spawnSync('ps', ['-o', 'pid=,args=', '--ppid', String(service?.pid ?? 1)], {
        encoding: 'utf8',
      });
      const pid = /^\s*(\d+) .*pkcs11-token/m.exec(stdout)?.[1];
      if (pid !== undefined) spawnSync('kill', ['-KILL', pid]);
    },
    async primary() {
      const next = standby;
      if (next === undefined) return;
      const former = primary;
      await former.halt();
      await ask(next, 'select pg_promote()');
      // Alone it takes everything until it has a standby of its own: it does not die meanwhile.
      await ask(next, 'alter system reset synchronous_standby_names');
      await ask(next, 'select pg_reload_conf()');
      relay.leadTo(next.socket);
      [primary, standby] = [next, undefined];
      await former.stop();
      await makeStandby();
    },
  } satisfies Record<string, () => Promise<void>>;

  it(
    'loses nothing that was acknowledged, signs nothing twice, and the log tells the same',
    async () => {
      const tls = {
        ca: await readFile(file('ca.pem'), 'utf8'),
        key: await readFile(file('client.key'), 'utf8'),
        cert: await readFile(file('client.pem'), 'utf8'),
      };
      const client = new ServiceClient(apiUrl, tls);
      expect((await client.login('maria', PASSWORD)).status).toBe(201);
      const clients = new SigningClients([client], {
        ...{ registrationAuthority: '1000', pin: PIN, profile: 'single-use-p256' },
        async codeOf(_id, reference) {
          for (let tries = 0; tries < 100; tries += 1) {
            const text = taken().findLast((one) => one.includes(reference));
            if (text !== undefined) return /(\d{6})$/.exec(text)?.[1];
            await pause(50);
          }
          return undefined;
        },
      });
      const stop = clients.begin(LANES);
      const signed = (): number => clients.acknowledged.length;
      await expect.poll(signed, { timeout: CALM_MS }).toBeGreaterThan(ENOUGH);

      const random = new Random(SEED);
      const names = Object.keys(kills) as (keyof typeof kills)[];
      const done = new Map<string, number>();
      const end = performance.now() + SECONDS * 1000;
      // Each once, in a random order, then any.
      const first = names.map((name) => ({ name, at: random.next() })).sort((a, b) => a.at - b.at);
      for (let n = 0; n < names.length || performance.now() < end; n += 1) {
        const name = first[n]?.name ?? random.oneOf(names);
        await kills[name]();
        done.set(name, (done.get(name) ?? 0) + 1);
        await pause(EVERY_MS * random.next());
      }
      const before = signed();
      await expect.poll(ready, { timeout: CALM_MS, interval: 200 }).toBe(true);
      await expect.poll(signed, { timeout: CALM_MS }).toBeGreaterThan(before + ENOUGH);
      await stop();

      expect(await findLosses(clients, client)).toEqual([]);
      expect([...clients.refusals.keys()].filter((name) => name.startsWith('500'))).toEqual([]);
      await assertLog(clients, client);
      const counts = [...done].map(([name, count]) => `${name} ${count}`).join(', ');
      process.stdout.write(
        `${signed()} of ${clients.requests.length} requests signed; killed: ${counts}; ${starts} starts\n`,
      );
    },
    SECONDS * 1000 + 600_000,
  );

  /** The log has an entry for every signature that somebody was told of, and each certificate that was planned. */
  async function assertLog(clients: SigningClients, client: ServiceClient): Promise<void> {
    const count = async (): Promise<unknown> => {
      const statement = 'select count(*)::int as waiting from log_entries where position is null';
      return ask(primary, statement);
    };
    await expect.poll(count, { timeout: 30_000 }).toEqual({ waiting: 0 });
    const get = async (path: string): Promise<Uint8Array> => {
      const response = await fetch(`${publicUrl}/log/${path}`);
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    };
    const [one] = clients.acknowledged;
    const { key } = (await client.get(`/v1/requests/${one?.id}/log`)).body;
    const logKey = parseVerifierKey(key);
    if (logKey === undefined) throw new Error('no key');
    const { entries } = await followLog(get, logKey, undefined);
    const acts = entries.map((entry) => JSON.parse(Buffer.from(entry).toString('utf8')).act);
    const of = (act: string): number => acts.filter((other) => other === act).length;
    const made = await ask(primary, "select count(*)::int as n from signings where state = 'done'");
    expect({ n: of('signature') }).toEqual(made);
    expect(of('signature')).toBeGreaterThanOrEqual(clients.acknowledged.length);
    expect(of('issuance')).toBeGreaterThanOrEqual(of('signature'));
    for (const { id } of clients.acknowledged) {
      const shown = (await client.get(`/v1/requests/${id}/log`)).body.entries;
      expect(shown.filter((entry: { act: string }) => entry.act === 'signature')).toHaveLength(1);
    }
  }
});
