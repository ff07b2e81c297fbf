import { link, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { assertWritableFolder } from './folder.ts';

describe('the probe of a folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'probe-'));
  });

  it('leaves nothing, and removes what a killed process left', async () => {
    await writeFile(join(folder, '.oneshot.probe'), '.');
    await assertWritableFolder(folder);
    expect(await readdir(folder)).toEqual([]);
  });

  it('writes to no other file that was given its name', async () => {
    const victim = join(await mkdtemp(join(tmpdir(), 'victim-')), 'contract.pdf');
    await writeFile(victim, '%PDF-1.7');
    await link(victim, join(folder, '.oneshot.probe'));
    await assertWritableFolder(folder);
    expect(await readFile(victim, 'utf8')).toBe('%PDF-1.7');
  });

  it('does not fail because another program probes at the same moment', async () => {
    await Promise.all(Array.from({ length: 4 }, () => assertWritableFolder(folder)));
    expect(await readdir(folder)).toEqual([]);
  });
});
