import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMAND_LINE, isBuildNeeded } from '../../scripts/build.mjs';
import { ServiceClient } from '../integration/service-client.ts';
import { findLosses, SigningClients } from '../integration/signing-clients.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../support/postgres-server.ts';

if (isBuildNeeded()) throw new Error('out/ is older than the sources: run `npm run build` first');
const programs = (await findPostgres()) ?? '';
const ENOUGH = 5;

describe.skipIf(programs === '')(
  'two machines on one PostgreSQL (skipped without /usr/lib/postgresql)',
  () => {
    let folder: string;
    let server: PostgresServer;
    const running = new Map<string, ChildProcess>();
    const clients: ServiceClient[] = [];

    /** Another machine is the same configuration with another line for the data directory. */
    async function start(machine: string): Promise<string> {
      const config = {
        mode: 'sandbox',
        dataDirectory: join(folder, machine),
        database: { type: 'postgres', url: server.url },
        publicUrl: 'http://127.0.0.1:1',
        masterSecret: { from: 'file', path: join(folder, 'secret') },
        logLevel: 'error',
      };
      const path = join(folder, `${machine}.json`);
      await writeFile(path, JSON.stringify(config));
      const child = spawn(process.execPath, [COMMAND_LINE, 'serve', '--config', path, '--json'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      running.set(machine, child);
      const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
      return (JSON.parse(line) as { apiUrl: string }).apiUrl;
    }
    async function end(machine: string, signal: NodeJS.Signals): Promise<void> {
      const child = running.get(machine);
      running.delete(machine);
      if (child === undefined || child.exitCode !== null) return;
      child.kill(signal);
      await once(child, 'exit');
    }

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'two-machines-'));
      server = await startPostgres(programs);
      await writeFile(join(folder, 'secret'), 'ab'.repeat(32), { mode: 0o600 });
      clients.push(new ServiceClient(await start('first')));
      for (const part of ['authorities', 'keys']) {
        await cp(join(folder, 'first', part), join(folder, 'second', part), { recursive: true });
      }
      clients.push(new ServiceClient(await start('second')));
      for (const client of clients) await client.login();
    });
    afterAll(async () => {
      for (const machine of [...running.keys()]) await end(machine, 'SIGTERM');
      await server.stop();
      await rm(folder, { recursive: true });
    });

    it('sign with the same authorities', async () => {
      const urls = clients.map((client) => client.get('/v1/info'));
      const [first, second] = (await Promise.all(urls)).map(({ body }) => body.sandboxAnchor);
      expect(first).toBe(second);
    });

    it('take over when one of them is killed, lose nothing and sign nothing twice', async () => {
      const work = new SigningClients(clients);
      const stop = work.begin(3);
      const signed = () => work.acknowledged.length;
      await expect.poll(signed, { timeout: 60_000 }).toBeGreaterThan(ENOUGH);
      await end('second', 'SIGKILL');
      const before = signed();
      await expect.poll(signed, { timeout: 60_000 }).toBeGreaterThan(before + ENOUGH);
      await stop();
      const [first] = clients;
      expect(first && (await findLosses(work, first))).toEqual([]);
      expect([...work.refusals.keys()].filter((name) => name.startsWith('500'))).toEqual([]);
    }, 180_000);

    it('and the other one joins again', async () => {
      const second = new ServiceClient(await start('second'));
      expect((await second.login()).status).toBe(201);
      expect((await second.get('/ready')).body.status).toBe('ready');
    });
  },
);
