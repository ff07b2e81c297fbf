import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isBuildNeeded } from '../../scripts/build.mjs';
import { forkWorker, onBehalfOf, type PoolOptions, WorkerPool } from '../../src/optimizer/index.ts';

if (isBuildNeeded()) throw new Error('out/ is older than the sources: run `npm run build` first');

const DOCUMENT = join(import.meta.dirname, '../corpus/libreoffice.pdf');
const start = forkWorker(join(import.meta.dirname, 'greedy-worker.mjs'));

let directory: string;
let pool: WorkerPool;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'work-'));
});
afterEach(() => pool.close());
afterAll(() => rmSync(directory, { recursive: true }));

/** A copy of an ordinary document; its name tells the worker how to misbehave. */
function documentNamed(name: string): { path: string } {
  const path = join(directory, name);
  copyFileSync(DOCUMENT, path);
  return { path };
}

const open = (options: Omit<PoolOptions, 'start'> = {}): WorkerPool => {
  pool = new WorkerPool({ start, ...options });
  return pool;
};

const ordinary = () => pool.run('inspect', documentNamed('ordinary.pdf'));

describe('one document beyond its bounds', () => {
  it.each([
    ['time', 'endless.pdf', 'OSS_WORK_TIME_LIMIT', { limit: '2 s' }],
    ['memory, in buffers', 'hungry-buffers.pdf', 'OSS_WORK_MEMORY_LIMIT', { limit: '200 MB' }],
    ['memory, in objects', 'hungry-objects.pdf', 'OSS_WORK_MEMORY_LIMIT', { limit: '200 MB' }],
    ['a crash', 'crashing.pdf', 'OSS_WORK_CRASHED', {}],
    ['killed from outside', 'killed.pdf', 'OSS_WORK_CRASHED', {}],
  ])('is named, with its bound: %s', async (_, file, code, limit) => {
    open({ bounds: { milliseconds: file === 'endless.pdf' ? 2_000 : 60_000, megabytes: 200 } });
    const refused = pool.run('inspect', documentNamed(file));
    await expect(refused).rejects.toMatchObject({ code, details: { file, ...limit } });
    await expect(ordinary()).resolves.toMatchObject({ pages: 1 });
  });

  it('keeps no other from being answered, while it is worked on and after', async () => {
    open({ bounds: { milliseconds: 8_000, megabytes: 200 }, size: 1 });
    const endless = [1, 2, 3].map((n) => pool.run('inspect', documentNamed(`endless-${n}.pdf`)));
    let isOver = false;
    const over = Promise.allSettled(endless).then((outcomes) => {
      isOver = true;
      return outcomes;
    });
    await expect(ordinary()).resolves.toMatchObject({ pages: 1 });
    expect(isOver).toBe(false);
    for (const outcome of await over) expect(outcome).toMatchObject({ status: 'rejected' });
  });

  it('keeps no other owner waiting, however many an owner has', async () => {
    open({ bounds: { milliseconds: 20_000, megabytes: 200 }, size: 1 });
    const endless = onBehalfOf('many', () =>
      Array.from({ length: 12 }, (_, n) => pool.run('inspect', documentNamed(`endless-${n}.pdf`))),
    );
    const ended: unknown[] = [];
    for (const one of endless) one.catch((thrown: unknown) => ended.push(thrown));
    const others = ['a', 'b', 'a', 'c'].map((owner) => onBehalfOf(owner, ordinary));
    expect(await Promise.all(others)).toHaveLength(4);
    expect(ended).toEqual([]);
  });

  it('leaves what waits for its turn to the process that takes its place', async () => {
    open({ bounds: { megabytes: 200 }, size: 1 });
    const crashing = pool.run('inspect', documentNamed('crashing.pdf'));
    const queued = Array.from({ length: 5 }, ordinary);
    await expect(crashing).rejects.toMatchObject({ code: 'OSS_WORK_CRASHED' });
    expect(await Promise.all(queued)).toHaveLength(5);
  });
});

describe('a person who waits', () => {
  it('can end the work at once, also where the process hears nothing', async () => {
    open();
    const running = new AbortController();
    const endless = pool.run('inspect', documentNamed('endless.pdf'), { signal: running.signal });
    await ordinary(); // by now the other one has begun
    running.abort();
    await expect(endless).rejects.toMatchObject({ code: 'OSS_CANCELLED' });
  });

  it('can end what has not begun', async () => {
    open({ size: 1 });
    const first = ordinary();
    const second = pool.run('inspect', documentNamed('other.pdf'), { signal: AbortSignal.abort() });
    await expect(second).rejects.toMatchObject({ code: 'OSS_CANCELLED' });
    await expect(first).resolves.toBeDefined();
  });

  it('is told what the work itself refuses, as if it had been done here', async () => {
    open();
    const path = join(import.meta.dirname, '../corpus/x-notpdf.pdf');
    await expect(pool.run('inspect', { path })).rejects.toMatchObject({ code: 'OSS_PDF_NOT_A_PDF' });
  });
});

describe('a closed pool', () => {
  it('ends what runs and takes nothing more', async () => {
    open();
    const endless = pool.run('inspect', documentNamed('endless.pdf'));
    await ordinary();
    await pool.close();
    await expect(endless).rejects.toMatchObject({ code: 'OSS_CANCELLED' });
    await expect(ordinary()).rejects.toMatchObject({ code: 'OSS_CANCELLED' });
  });
});

it('a process in a loop ends with the program that started it, also where that is killed', async () => {
  const parent = spawn(process.execPath, [join(import.meta.dirname, 'abandoning-parent.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(parent.stdout, 'data')) as [Buffer];
  const worker = Number(said.toString());
  expect(isRunning(worker)).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => isRunning(worker), { timeout: 30_000 }).toBe(false);
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
