import { beforeEach, describe, expect, it } from 'vitest';
import type { ToWorker } from './messages.ts';
import { onBehalfOf } from './work-owner.ts';
import { WorkerPool } from './worker-pool.ts';
import type { StartWorker, WorkerProcess } from './worker-process.ts';

/** Documents in the order in which they were begun, each with what ends its work. */
let begun: { readonly path: string; end(): void }[];
beforeEach(() => {
  begun = [];
});

/** A process that ends a job when the test says so. */
const start: StartWorker = () => {
  let tell: (message: unknown) => void = () => undefined;
  const process: WorkerProcess = {
    onMessage: (listener) => {
      tell = listener;
      queueMicrotask(() => tell({ type: 'ready' }));
    },
    onExit: () => undefined,
    send: (message) => {
      const { input } = message as Extract<ToWorker, { type: 'run' }>;
      const { path } = input as { path: string };
      begun.push({ path, end: () => tell({ type: 'done', value: path, megabytes: 1 }) });
    },
    kill: () => undefined,
    hold: () => undefined,
  };
  return process;
};

const idle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

describe('the turns of a pool', () => {
  it('go round among owners, however many documents one of them brings', async () => {
    const pool = new WorkerPool({ start, size: 1 });
    const give = (owner: string, path: string) => onBehalfOf(owner, () => pool.run('digests', { path }));
    const many = ['m1', 'm2', 'm3', 'm4'].map((path) => give('many', path));
    await expect.poll(() => begun.length).toBe(1);
    const others = [give('one', 'o1'), give('two', 't1'), give('one', 'o2')];
    await idle();
    for (let turn = 0; turn < 7; turn += 1) {
      await expect.poll(() => begun.length).toBe(turn + 1);
      begun[turn]?.end();
    }
    await Promise.all([...many, ...others]);
    expect(begun.map(({ path }) => path)).toEqual(['m1', 'o1', 't1', 'm2', 'o2', 'm3', 'm4']);
  });

  it('leave processes to others while all the documents of one are slow', async () => {
    const pool = new WorkerPool({ start, size: 1 });
    const slow = onBehalfOf('many', () =>
      Array.from({ length: 9 }, (_, n) => pool.run('digests', { path: `slow-${n}` })),
    );
    // Each takes long after a second, and then the next one begins, up to what is left to others.
    await expect.poll(() => begun.length, { timeout: 30_000 }).toBe(3);
    const other = onBehalfOf('one', () => pool.run('digests', { path: 'other' }));
    await expect.poll(() => begun.at(-1)?.path, { timeout: 30_000 }).toBe('other');
    expect(begun).toHaveLength(4);
    begun.at(-1)?.end();
    await expect(other).resolves.toBe('other');
    await pool.close();
    await Promise.allSettled(slow);
  });
});
