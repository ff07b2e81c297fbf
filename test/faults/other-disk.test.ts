/**
 * Delivery to another file system, with and without hard links there, where the process can be killed at any moment.
 */
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deliverFile } from '../../src/optimizer/vault/deliver-file.ts';
import type { DiskEffects } from '../support/disk-effects.ts';

/** What hard links can do: nothing beyond one disk, or nothing at all. */
type Links = 'onOneDisk' | 'nowhere';

const disk = vi.hoisted(() => ({ effects: undefined as unknown as DiskEffects, links: 'onOneDisk' }));
vi.mock('node:fs/promises', async (original) => {
  const { DiskEffects } = await import('../support/disk-effects.ts');
  const real = await original<typeof import('node:fs/promises')>();
  disk.effects ??= new DiskEffects();
  const link: typeof real.link = async (from, to) => {
    const isOneDisk = dirname(String(from)) === dirname(String(to));
    if (disk.links === 'onOneDisk' && isOneDisk) return real.link(from, to);
    throw Object.assign(new Error('no link'), { code: disk.links === 'nowhere' ? 'EPERM' : 'EXDEV' });
  };
  return disk.effects.files({ ...real, link });
});

const CONTENT = 'signed '.repeat(10_000);
/** More changes than a delivery makes. */
const MOST = 40;

let folder: string;
let vaultFile: string;
let target: string;
beforeEach(async () => {
  disk.effects.killAfter(Number.POSITIVE_INFINITY);
  folder = await mkdtemp(join(tmpdir(), 'other-disk-'));
  vaultFile = join(folder, 'tx_1', '0.pdf');
  target = join(folder, 'out');
  await mkdir(dirname(vaultFile));
  await writeFile(vaultFile, CONTENT, { mode: 0o600 });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const deliver = (): Promise<string> => deliverFile(vaultFile, target, 'contract.pdf');

describe.each<Links>(['onOneDisk', 'nowhere'])('where hard links work %s', (links) => {
  beforeEach(() => {
    disk.links = links;
  });

  it('a delivery that is killed at any moment is finished by the next attempt: one file, whole, nothing beside it', async () => {
    let killed = 0;
    for (let changes = 0; changes < MOST; changes += 1) {
      disk.effects.killAfter(changes);
      await deliver().catch(() => undefined);
      if (disk.effects.isKilled) killed += 1;
      disk.effects.killAfter(Number.POSITIVE_INFINITY);
      const path = await deliver();
      expect(await readdir(target), `killed after ${changes} changes`).toEqual(['contract-signed.pdf']);
      expect(await readFile(path, 'utf8')).toBe(CONTENT);
      expect((await stat(path)).mode & 0o777).toBe(0o666 & ~process.umask());
      await rm(target, { recursive: true });
    }
    expect(killed).toBeGreaterThan(3);
    expect(killed).toBeLessThan(MOST);
  });

  it('never takes an empty file of somebody else for its own', async () => {
    await mkdir(target);
    await writeFile(join(target, 'contract-signed.pdf'), '');
    await utimes(join(target, 'contract-signed.pdf'), 1e9, 1e9);
    disk.effects.killAfter(4);
    await deliver().catch(() => undefined);
    disk.effects.killAfter(Number.POSITIVE_INFINITY);
    expect(await deliver()).toBe(join(target, 'contract-signed-2.pdf'));
    expect(await readdir(target)).toEqual(['contract-signed-2.pdf', 'contract-signed.pdf']);
  });
});
