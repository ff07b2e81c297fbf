import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { COMMAND_LINE, isBuildNeeded } from '../../../scripts/build.mjs';

if (isBuildNeeded()) throw new Error('out/ is older than the sources: run `npm run build` first');

/** The compiled `oneshot optimizer`, as an operator starts it. */
export interface OptimizerProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** What it has said on standard error so far. */
  said(): string;
  /** SIGKILL: nothing is put in order. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface OptimizerProcessOptions {
  readonly data: string;
  /** Default: a sandbox with a fixed code, without keys. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments for Node itself. */
  readonly node?: readonly string[];
}

export const TRIAL = ['--sandbox', '--drop-in', '--fixed-otp', '000000'] as const;

const readySchema = z.object({ type: z.literal('ready'), url: z.url() });

/** Waits for its ready line. */
export async function startOptimizer(options: OptimizerProcessOptions): Promise<OptimizerProcess> {
  const { data, args = TRIAL, env = {}, node = [] } = options;
  const child = spawn(
    process.execPath,
    [...node, COMMAND_LINE, 'optimizer', '--json', '--data', data, ...args],
    { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk;
    process.stderr.write(chunk);
  });
  const ended = once(child, 'exit');
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(([code]) => Promise.reject(new Error(`oneshot optimizer ended with ${code}`))),
  ])) as [string];
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  return {
    url: readySchema.parse(JSON.parse(line)).url,
    child,
    said: () => said,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}
