import { mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { setMode } from './set-mode.ts';

it.skipIf(process.platform === 'win32')(
  'sets the mode of a file, and of nothing that a link leads to',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mode-'));
    try {
      const [file, link] = [join(folder, 'secret'), join(folder, 'link')];
      await writeFile(file, 'x', { mode: 0o600 });
      await symlink(file, link);
      await expect(setMode(link, 0o644)).rejects.toMatchObject({ code: 'ELOOP' });
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      await setMode(file, 0o644);
      expect((await stat(file)).mode & 0o777).toBe(0o644);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
