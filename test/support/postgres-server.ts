import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const DEBIAN = '/usr/lib/postgresql';
/** PostgreSQL refuses to run as root; Debian's `nobody` may. */
const NOBODY = 65_534;

export interface PostgresServer {
  readonly url: string;
  /** Where socket and data are. */
  readonly folder: string;
  /** Of the process that all others of the server come from. */
  readonly pid: number;
  /** The socket behind the address, for what stands in between. */
  readonly socket: string;
  /** Ends it at once, as a power cut does; `start` recovers it. */
  halt(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The folder of PostgreSQL's programs as Debian installs them, newest version first; undefined without one. */
export async function findPostgres(): Promise<string | undefined> {
  const versions = await readdir(DEBIAN).catch(() => []);
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? undefined : join(DEBIAN, newest, 'bin');
}

interface Cluster {
  readonly programs: string;
  readonly folder: string;
  readonly data: string;
}

const owner = () => (process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {});

async function newCluster(programs: string): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'postgres-'));
  const identity = owner();
  if ('uid' in identity) await chown(folder, NOBODY, NOBODY);
  return { programs, folder, data: join(folder, 'data') };
}

/** What ends a server of a test does not matter to its disk. */
const WITHOUT_FLUSHING = ['-c', 'fsync=off'];

/** @param settings of the command line, such as `-c fsync=off` */
async function run(
  { programs, folder, data }: Cluster,
  settings: readonly string[],
): Promise<PostgresServer> {
  const start = async (): Promise<ChildProcess> => {
    const server = spawn(
      join(programs, 'postgres'),
      ['-D', data, '-k', folder, '-c', 'listen_addresses=', ...settings],
      { ...owner(), cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.once('exit', (code) => reject(new Error(`postgres ended with ${code}`)));
      server.stderr.on('data', (chunk: Buffer) => {
        if (/ready to accept (read-only )?connections/.test(chunk.toString('latin1'))) resolve();
      });
    });
    return server;
  };
  let server = await start();
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    server.removeAllListeners('exit');
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill(signal);
    await ended;
  };
  return {
    get pid() {
      return server.pid ?? 0;
    },
    socket: join(folder, '.s.PGSQL.5432'),
    folder,
    url: `postgresql://service@/postgres?host=${encodeURIComponent(folder)}`,
    halt: () => end('SIGQUIT'),
    async start() {
      server = await start();
    },
    async stop() {
      await end('SIGINT');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A server of its own in a temporary folder, reached through a socket there.
 * @param settings of its command line; without flushing unless they say otherwise
 */
export async function startPostgres(
  programs: string,
  settings: readonly string[] = WITHOUT_FLUSHING,
): Promise<PostgresServer> {
  const cluster = await newCluster(programs);
  await execute(
    join(programs, 'initdb'),
    ['-D', cluster.data, '-U', 'service', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'],
    { ...owner(), cwd: cluster.folder },
  );
  return run(cluster, settings);
}

/** A standby that receives everything from `primary` as it is written; `select pg_promote()` makes it the next one. */
export async function startStandby(programs: string, primary: PostgresServer): Promise<PostgresServer> {
  const cluster = await newCluster(programs);
  const conninfo = `host=${primary.folder} user=service application_name=standby`;
  await execute(
    join(programs, 'pg_basebackup'),
    ['-c', 'fast', '-d', conninfo, '-D', cluster.data, '-X', 'stream', '-R', '--no-sync'],
    { ...owner(), cwd: cluster.folder },
  );
  return run(cluster, WITHOUT_FLUSHING);
}
