import { chmod, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  listIfPresent,
  readIfPresent,
  readTextIfPresent,
  removePartials,
  writeFileDurably,
} from './durable-file.ts';

describe('a file written durably', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'durable-'));
  });

  it('replaces the one before, readable by its owner only, and leaves nothing beside it', async () => {
    const path = join(folder, 'secret');
    await writeFileDurably(path, 'old');
    await chmod(path, 0o644);
    await writeFileDurably(path, 'new');
    expect(await readFile(path, 'utf8')).toBe('new');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['secret']);
  });

  it('is whole, whichever of many writers at once comes last', async () => {
    const path = join(folder, 'contended');
    const contents = Array.from({ length: 20 }, (_, n) => String(n).repeat(50_000));
    await Promise.all(contents.map((content) => writeFileDurably(path, content)));
    expect(contents).toContain(await readFile(path, 'utf8'));
    expect(await readdir(folder)).toEqual(['contended']);
  });

  it('leaves no temporary file where it cannot take its place', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(writeFileDurably(join(folder, 'file', 'below'), 'x')).rejects.toMatchObject({
      code: 'ENOTDIR',
    });
    await expect(writeFileDurably(folder, 'x')).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['file']);
  });

  it('removes what was left half written, and nothing else', async () => {
    for (const name of ['a.json', 'a.json.1234.partial', 'partial']) await writeFile(join(folder, name), '');
    await removePartials(folder);
    expect((await readdir(folder)).sort()).toEqual(['a.json', 'partial']);
    await removePartials(join(folder, 'absent'));
  });

  it('reads what is not there as nothing, and names every other failure', async () => {
    expect(await readIfPresent(join(folder, 'absent'))).toBeUndefined();
    expect(await readTextIfPresent(join(folder, 'absent'))).toBeUndefined();
    expect(await listIfPresent(join(folder, 'absent'))).toEqual([]);
    await expect(readIfPresent(folder)).rejects.toMatchObject({ code: 'EISDIR' });
  });
});
