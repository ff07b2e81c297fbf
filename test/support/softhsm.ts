import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const MODULE = '/usr/lib/softhsm/libsofthsm2.so';
/** Passes calls on to the process of a `p11-kit server`. */
const REMOTE_MODULE = '/usr/lib/x86_64-linux-gnu/pkcs11/p11-kit-client.so';

/** A token of SoftHSM in a folder of its own; processes that are started afterwards find it. */
export interface SoftToken {
  readonly module: string;
  readonly uri: string;
  readonly folder: string;
  /** Takes the token's objects away, as another administrator would. */
  initialiseAgain(): void;
  remove(): Promise<void>;
}

export async function makeSoftToken(label = 'oneshot'): Promise<SoftToken> {
  const folder = await mkdtemp(join(tmpdir(), 'softhsm-'));
  await mkdir(join(folder, 'tokens'));
  const lines = [
    `directories.tokendir = ${join(folder, 'tokens')}`,
    'objectstore.backend = file',
    'log.level = ERROR',
  ];
  await writeFile(join(folder, 'softhsm2.conf'), lines.join('\n'));
  await writeFile(join(folder, 'pin'), '7531\n', { mode: 0o600 });
  process.env.SOFTHSM2_CONF = join(folder, 'softhsm2.conf');
  const initialise = (where: readonly string[]): void => {
    const pins = ['--pin', '7531', '--so-pin', '97531'];
    execFileSync('softhsm2-util', ['--init-token', ...where, '--label', label, ...pins], { stdio: 'ignore' });
  };
  initialise(['--free']);
  return {
    module: MODULE,
    uri: `pkcs11:token=${encodeURIComponent(label)}?pin-source=file:${join(folder, 'pin')}`,
    folder,
    initialiseAgain: () => initialise(['--token', label]),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The same token behind a process that can be killed, as a device can lose its power. */
export interface RemoteToken {
  readonly module: string;
  start(): Promise<void>;
  kill(): Promise<void>;
}

export function remoteTokenOf({ module, folder }: SoftToken): RemoteToken {
  const socket = join(folder, 'p11.sock');
  process.env.P11_KIT_SERVER_ADDRESS = `unix:path=${socket}`;
  let server: ReturnType<typeof spawn> | undefined;
  return {
    module: REMOTE_MODULE,
    async start() {
      await rm(socket, { force: true });
      server = spawn('p11-kit', ['server', '-f', '-n', socket, '--provider', module, 'pkcs11:'], {
        stdio: 'ignore',
      });
      while (!existsSync(socket)) await delay(20);
    },
    async kill() {
      const running = server;
      if (running?.pid === undefined || running.exitCode !== null || running.signalCode !== null) return;
      const ended = once(running, 'exit');
      // A child serves each connection: it holds what the device holds.
      const children = spawnSync('ps', ['-o', 'pid=', '--ppid', String(running.pid)], {
        encoding: 'utf8',
      }).stdout.trim();
      for (const pid of children.split(/\s+/).filter((word) => word !== ''))
        process.kill(Number(pid), 'SIGKILL');
      running.kill('SIGKILL');
      await ended;
    },
  };
}
