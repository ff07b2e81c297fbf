import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { getRawHeader, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBuildNeeded } from '../../scripts/build.mjs';
import { drawIcons, PACKAGING, SIZES } from '../../scripts/package/icons.mjs';
import { nameAt, shippedModules } from '../../scripts/package/modules.mjs';
import { filesBelow } from '../../scripts/package/supply-chain.mjs';
import { type Packaged, packageStation } from './packaged.ts';

const MB = 1024 ** 2;
/** What the station may weigh without Electron; more needs a reason, and a change here. */
const BUDGET = Object.freeze({ archive: 36 * MB, native: 14 * MB, resources: 3 * MB });

/** As the binary says it: a digit each. */
const [OFF, ON] = Buffer.from('01');

let packaged: Packaged;
let inside: readonly string[];

beforeAll(async () => {
  if (isBuildNeeded()) throw new Error('out/ is older than the sources: run `npm run build` first');
  packaged = await packageStation();
  inside = listPackage(archive(), { isPack: false }).map((path) => path.split(sep).join('/'));
}, 400_000);
afterAll(() => packaged.remove());

const archive = () => join(packaged.folder, 'resources', 'app.asar');
const weight = (folder: string): number =>
  filesBelow(folder).reduce((sum, file) => sum + statSync(file).size, 0);

describe('the package of the station', () => {
  it('holds bundles, and of node_modules what cannot be inside them', () => {
    const modules = inside.flatMap(
      (path) => /^\/node_modules\/((?:@[^/]+\/)?[^/@]+)(?:\/|$)/.exec(path)?.[1] ?? [],
    );
    const allowed = shippedModules({ platform: 'linux', arch: process.arch, libc: 'glibc' });
    const names = [...new Set(allowed.map(nameAt))].sort();
    expect([...new Set(modules)].sort()).toEqual(names);
    const others = inside.filter((path) => !/^\/(node_modules|out|package\.json)(\/|$)/.test(path));
    expect(others).toEqual([]);
    expect(inside.filter((path) => /\.map$|musl|\.test\.|standin/.test(path))).toEqual([]);
  });

  it('has its native libraries beside the archive, for this system alone', () => {
    const unpacked = `${archive()}.unpacked`;
    const native = filesBelow(unpacked)
      .map((file) => relative(unpacked, file))
      .filter((file) => file.endsWith('.node'));
    expect(native).toHaveLength(2);
    for (const file of native) expect(file).toContain(`linux-${process.arch}`);
  });

  it('stays within its budget', () => {
    expect(statSync(archive()).size).toBeLessThan(BUDGET.archive);
    expect(weight(`${archive()}.unpacked`)).toBeLessThan(BUDGET.native);
    expect(weight(join(packaged.folder, 'resources', 'resources'))).toBeLessThan(BUDGET.resources);
  });

  it('tells what it is made of: SBOM, notices, and the hash of each file that was built', () => {
    const file = (name: string) =>
      readFileSync(join(packaged.folder, 'resources', 'supply-chain', name), 'utf8');
    const { files } = JSON.parse(file('provenance.json')) as { files: Record<string, string> };
    const bundles = inside.filter((path) => /^\/out\/.*\.\w+$/.test(path)).map((path) => path.slice(1));
    expect(bundles.length).toBeGreaterThan(100);
    expect(Object.keys(files)).toEqual(expect.arrayContaining(bundles));
    expect(JSON.parse(file('sbom.cdx.json')).bomFormat).toBe('CycloneDX');
    expect(file('THIRD-PARTY-NOTICES.txt')).toContain('react');
  });

  it('has every fuse of Electron where it was decided', async () => {
    const fuses = await getCurrentFuseWire(join(packaged.folder, 'one-shot-signature-station'));
    const on = [
      FuseV1Options.EnableCookieEncryption,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar,
    ];
    const off = [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ];
    for (const fuse of on) expect(fuses[fuse], FuseV1Options[fuse]).toBe(ON);
    for (const fuse of off) expect(fuses[fuse], FuseV1Options[fuse]).toBe(OFF);
  });

  it('has an archive whose files carry their hashes, which that fuse checks', () => {
    const { header } = getRawHeader(archive());
    const { 'package.json': manifest } = (header as { files: Record<string, { integrity?: object }> }).files;
    expect(manifest?.integrity).toMatchObject({ algorithm: 'SHA256' });
  });

  it('signs with nothing but what is in it', () => {
    const program = join(packaged.program, 'out', 'main', 'oneshot.js');
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'demo'], {
      cwd: packaged.program,
      encoding: 'utf8',
      timeout: 200_000,
    });
    expect(stderr).not.toContain('Cannot find');
    expect(status, stderr).toBe(0);
    expect(stdout + stderr).toContain('chromium-signed.pdf');
  });
});

describe('the icons', () => {
  it('are what their drawing gives, in every size', async () => {
    const drawn = await drawIcons();
    expect([...drawn.keys()]).toEqual([
      ...SIZES.map((size) => `${size}x${size}.png`),
      'icon.ico',
      'icon.icns',
    ]);
    for (const [name, bytes] of drawn) {
      expect(
        readFileSync(join(PACKAGING, 'icons', name)).equals(bytes),
        `run node scripts/package/icons.mjs: ${name}`,
      ).toBe(true);
    }
  });
});
