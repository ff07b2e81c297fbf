import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { isBuildNeeded } from '../../scripts/build.mjs';
import { PACKAGING } from '../../scripts/package/icons.mjs';
import { buildDebianPackage, writeServiceTree } from '../../scripts/package/service.mjs';
import { filesBelow } from '../../scripts/package/supply-chain.mjs';

/** What a server gets, compressed. */
const BUDGET_BYTES = 14 * 1024 ** 2;

const run = (program: string, args: readonly string[], cwd?: string) => {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', cwd, timeout: 60_000 });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${status} ${stdout}${stderr}`);
  return stdout;
};
const isNative = (file: string): boolean => /\.node$/.test(file);

/** What the loader of the system adds to a program, with the loader itself. */
function librariesOf(file: string): string[] {
  const { stdout } = spawnSync('ldd', [file], { encoding: 'utf8' });
  return stdout.split('\n').flatMap((line) => /(?:=> )?(\/\S+) \(0x/.exec(line)?.[1] ?? []);
}

function copyInto(root: string, file: string, at = file): void {
  const target = join(root, at);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(realpathSync(file), target);
}

const isDebian = spawnSync('dpkg-deb', ['--version']).status === 0;

describe.runIf(isDebian || process.env.CI !== undefined)(
  'the Debian package of service and command line',
  () => {
    const home = mkdtempSync(join(tmpdir(), 'service-package-'));
    const installed = join(home, 'installed');
    /** The program where dpkg puts it, below a root of its own. */
    const program = join(installed, 'usr/lib/one-shot/out/main/oneshot.js');
    let deb: string;

    beforeAll(() => {
      if (isBuildNeeded()) throw new Error('out/ is older than the sources: run `npm run build` first');
      writeServiceTree(join(home, 'root'));
      deb = buildDebianPackage(join(home, 'root'), home);
      run('dpkg-deb', ['-x', deb, installed]);
    }, 400_000);
    afterAll(() => rmSync(home, { recursive: true }));

    it('says what it is and what it needs', () => {
      const fields = run('dpkg-deb', ['-f', deb]);
      expect(fields).toContain(`Version: ${manifest.version}`);
      expect(fields).toContain('Depends: nodejs (>= 20.19)');
      expect(fields).toContain(`Homepage: ${manifest.homepage}`);
    });

    it('stays within its budget and has no windows', () => {
      expect(statSync(deb).size).toBeLessThan(BUDGET_BYTES);
      expect(filesBelow(installed).filter((file) => /renderer|preload|musl|\.map$/.test(file))).toEqual([]);
    });

    it('belongs to root, and nobody else may change it', () => {
      const listed = run('dpkg-deb', ['-c', deb]).trimEnd().split('\n');
      expect(listed.filter((line) => !/^\S+ root\/root /.test(line))).toEqual([]);
      expect(listed.filter((line) => line[5] === 'w' || line[8] === 'w')).toEqual([]);
    });

    it('runs the command line and starts a service in which every part works, from its own files alone', () => {
      expect(run(process.execPath, [program, '--version'], installed).trim()).toBe(manifest.version);
      const data = join(home, 'data');
      const words = run(process.execPath, [program, 'serve', '--check', '--data', data], installed);
      expect(words).toContain('Every part can work.');
      run(process.execPath, [program, 'doctor', '--data', join(home, 'none')], installed);
    }, 400_000);

    it.runIf(process.getuid?.() === 0 && process.platform === 'linux')(
      'starts in a root that has nothing but the image',
      () => {
        const root = join(home, 'rootfs');
        cpSync(installed, root, { recursive: true });
        for (const file of [process.execPath, '/bin/sh', ...filesBelow(installed).filter(isNative)])
          for (const library of librariesOf(file)) copyInto(root, library);
        copyInto(root, process.execPath, '/usr/bin/node');
        copyInto(root, '/bin/sh');
        for (const folder of ['tmp', 'var/lib/one-shot', 'dev'])
          mkdirSync(join(root, folder), { recursive: true, mode: 0o777 });
        for (const folder of ['tmp', 'var/lib/one-shot']) chmodSync(join(root, folder), 0o777);
        run('mknod', ['-m', '666', join(root, 'dev/null'), 'c', '1', '3']);
        // As nobody, as the image runs it; without network settings, zones, accounts or programs of a system.
        const inside = (...args: string[]) =>
          run('chroot', ['--userspec=65534:65534', root, '/usr/bin/oneshot', ...args], '/');
        expect(inside('--version').trim()).toBe(manifest.version);
        expect(inside('serve', '--check', '--data', '/var/lib/one-shot')).toContain('Every part can work.');
      },
      400_000,
    );

    it('is the same bytes when it is built again', () => {
      const again = join(home, 'again');
      mkdirSync(again);
      writeServiceTree(join(again, 'root'));
      expect(readFileSync(buildDebianPackage(join(again, 'root'), again)).equals(readFileSync(deb))).toBe(
        true,
      );
    }, 400_000);

    it('has a unit and a container that call what is there', () => {
      const start = readFileSync(join(installed, 'usr/bin/oneshot'), 'utf8');
      expect(start).toContain('/usr/lib/one-shot/out/main/oneshot.js');
      expect(statSync(join(installed, 'usr/bin/oneshot')).mode & 0o111).toBe(0o111);
      const unit = join(installed, 'usr/lib/systemd/system/one-shot-signature-service.service');
      expect(readFileSync(unit, 'utf8')).toContain('/usr/bin/oneshot serve --check --config');
      const steps = readFileSync(join(PACKAGING, 'service', 'Containerfile'), 'utf8');
      // No engine runs here: what the image copies is the tree above, and its entry is a file of it.
      expect(steps).toMatch(/^COPY root\/ \/$/m);
      expect(steps).toMatch(/^ENTRYPOINT \["\/usr\/bin\/oneshot"\]$/m);
      expect(steps).toMatch(/^USER oneshot$/m);
    });
  },
);
