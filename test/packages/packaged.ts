import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractAll } from '@electron/asar';
import { makePackages } from '../../scripts/package/package.mjs';

/** A package of the station, unpacked beside nothing of this repository. */
export interface Packaged {
  /** As electron-builder leaves it. */
  readonly folder: string;
  /** Its program as a folder, with its resources around it as in the package: Node cannot look into the archive. */
  readonly program: string;
  remove(): Promise<void>;
}

/** Makes one with a stand-in for Electron's binary. */
export async function packageStation(): Promise<Packaged> {
  const home = await mkdtemp(join(tmpdir(), 'packaged-'));
  const output = `-c.directories.output=${home}`;
  if (!(await makePackages(['--stand-in', '--linux', 'dir', output]))) throw new Error('no package was made');
  const folder = join(home, 'linux-unpacked');
  const installed = join(home, 'installed', 'resources');
  const program = join(installed, 'app.asar');
  extractAll(join(folder, 'resources', 'app.asar'), program);
  await cp(join(folder, 'resources', 'resources'), join(installed, 'resources'), { recursive: true });
  return { folder, program, remove: () => rm(home, { recursive: true }) };
}
