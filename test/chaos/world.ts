import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { SANDBOX_OFFICER } from '../../src/service/config/sandbox-defaults.ts';
import { SHIPPED_PROFILES } from '../../src/service/settings/profiles.ts';
import { type FreezingRelay, startFreezingRelay } from '../support/freezing-relay.ts';
import { freePort } from '../support/local-server.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { mountSmallDisk, type SmallDisk } from '../support/small-disk.ts';
import { Supervised } from './supervised.ts';

export type DatabaseKind = 'sqlite' | 'postgres';

/** What the weather can take away, and what was made of it. */
export interface World {
  readonly folder: string;
  /** Data directories of the two programs. */
  readonly optimizerData: string;
  readonly serviceData: string;
  readonly anchor: string;
  readonly optimizerUrl: string;
  readonly optimizer: Supervised;
  readonly service: Supervised;
  /** Between the Optimizer and the service. */
  readonly line: FreezingRelay;
  readonly postgres: Postgres | undefined;
  /** Undefined where none can be mounted: then writing is refused inside the process. */
  readonly disk: SmallDisk | undefined;
  /** What has been taken away just now. */
  readonly away: Set<string>;
  readonly faults: string[];
  /** Gives back everything. */
  calm(): Promise<void>;
  close(): Promise<void>;
}

interface Postgres {
  readonly server: PostgresServer;
  readonly relay: FreezingRelay;
  readonly url: string;
  /** Ends every connection but its own. */
  terminate(): Promise<void>;
}

const DISK_MEGABYTES = 256;

/** @param commandLine the compiled `oneshot` */
export async function openWorld(kind: DatabaseKind, commandLine: string, logs?: string): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'chaos-'));
  const [away, faults] = [new Set<string>(), [] as string[]];
  const onFault = (fault: string): void => void faults.push(fault);
  const disk = await mountSmallDisk(join(folder, 'disk'), DISK_MEGABYTES);
  const optimizerData = join(disk?.path ?? folder, 'optimizer');
  const serviceData = join(folder, 'service');
  await mkdir(serviceData);
  const postgres = kind === 'postgres' ? await openPostgres() : undefined;
  const [apiPort, publicPort, optimizerPort] = [await freePort(), await freePort(), await freePort()];
  const config = join(folder, 'service.json');
  await writeFile(config, JSON.stringify(serviceConfig(serviceData, apiPort, publicPort, postgres?.url)));
  const service = new Supervised({
    name: 'service',
    args: [commandLine, 'serve', '--config', config, '--json'],
    logs,
    disturbance: join(folder, 'service-disturbance.json'),
    mayRefuse: () => away.has('database'),
    onFault,
  });
  await service.start();
  const anchor = join(folder, 'anchor.pem');
  await writeFile(anchor, String((service.said.sandbox as { anchorPem: string }).anchorPem));
  const line = await startFreezingRelay(apiPort);
  const optimizer = new Supervised({
    name: 'Optimizer',
    args: [
      ...[commandLine, 'optimizer', '--json', '--data', optimizerData, '--port', String(optimizerPort)],
      ...['--service', `http://127.0.0.1:${line.port}`, '--anchor', anchor, '--drop-in'],
      ...['--registration-authority', SANDBOX_OFFICER.registrationAuthority],
    ],
    logs,
    disturbance: join(folder, 'optimizer-disturbance.json'),
    mayRefuse: () => away.has('disk'),
    onFault,
  });
  await optimizer.start();
  const calm = async (): Promise<void> => {
    for (const program of [optimizer, service]) {
      program.thaw();
      program.disturb({});
    }
    line.thaw();
    postgres?.relay.thaw();
    if (away.has('server')) await postgres?.server.start();
    await disk?.free();
    away.clear();
  };
  return {
    ...{
      folder,
      optimizerData,
      serviceData,
      anchor,
      optimizer,
      service,
      line,
      postgres,
      disk,
      away,
      faults,
      calm,
    },
    optimizerUrl: `http://127.0.0.1:${optimizerPort}`,
    async close() {
      await line.stop();
      await postgres?.relay.stop();
      await postgres?.server.stop();
      disk?.unmount();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function serviceConfig(dataDirectory: string, apiPort: number, publicPort: number, url: string | undefined) {
  return {
    mode: 'sandbox',
    dataDirectory,
    ...(url === undefined ? {} : { database: { type: 'postgres', url, queryTimeoutSeconds: 2 } }),
    api: { host: '127.0.0.1', port: apiPort },
    public: { host: '127.0.0.1', port: publicPort },
    otp: { fixedCode: '000000' },
    limits: { callsPerMinute: 100_000, loginsPerMinute: 10_000 },
    logLevel: 'error',
    profiles: SHIPPED_PROFILES.map((profile) => ({
      ...profile,
      externalAuthentication: true,
      bindToContents: true,
    })),
  };
}

async function openPostgres(): Promise<Postgres> {
  const programs = await findPostgres();
  if (programs === undefined) throw new Error('PostgreSQL is not installed under /usr/lib/postgresql');
  const server = await startPostgres(programs);
  const relay = await startFreezingRelay(server.socket);
  return {
    server,
    relay,
    url: `postgresql://service@127.0.0.1:${relay.port}/postgres`,
    async terminate() {
      const client = new pg.Client({ connectionString: server.url });
      client.on('error', () => undefined);
      await client.connect();
      await client.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and usename = current_user',
      );
      await client.end();
    },
  };
}
