import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { isBuildNeeded } from '../../scripts/build.mjs';
import { shippedComponents } from '../../scripts/package/components.mjs';
import { lockedPackages } from '../../scripts/package/modules.mjs';
import {
  filesBelow,
  isAllowed,
  notices,
  refusedLicences,
  sbom,
} from '../../scripts/package/supply-chain.mjs';
import { ROOT } from '../../scripts/run.mjs';

const locked = lockedPackages();

describe('the licences of what ships', () => {
  it('are all on the list', () => {
    expect(refusedLicences(shippedComponents())).toEqual([]);
  });

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['BSD-3-Clause OR GPL-2.0', true],
    ['MIT AND Apache-2.0', true],
    ['GPL-3.0-only', false],
    ['MIT AND GPL-3.0-only', false],
    ['(GPL-2.0 OR AGPL-3.0)', false],
    ['SEE LICENSE IN LICENSE.md', false],
    ['', false],
    [undefined, false],
  ])('%s: may ship %s', (licence, expected) => {
    expect(isAllowed(licence)).toBe(expected);
  });

  it('stop a package that has another one', () => {
    const changed = { ...locked, 'node_modules/zod': { ...locked['node_modules/zod'], license: 'AGPL-3.0' } };
    expect(refusedLicences(shippedComponents(), changed)).toEqual(['node_modules/zod: AGPL-3.0']);
  });
});

describe('the SBOM', () => {
  let bill: ReturnType<typeof sbom>;
  beforeAll(() => {
    bill = sbom();
  });

  it('names every component that ships, with hash and licence, what the windows bundle included', () => {
    // One that lies at two places in the same version is one component.
    const distinct = new Set(
      shippedComponents().map(
        (place) => `${place.replace(/^.*node_modules\//, '')}@${locked[place]?.version}`,
      ),
    );
    expect(bill.components).toHaveLength(distinct.size);
    const names = bill.components.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['react', 'pdfjs-dist', 'fastify', 'libsql', 'zod']));
    for (const component of bill.components) {
      expect(component.hashes?.length, component.name).toBeGreaterThan(0);
      expect(component.licenses?.length, component.name).toBeGreaterThan(0);
    }
    expect(names).not.toContain('vitest');
  });

  it('is the same however often it is written', () => {
    expect(sbom()).toEqual(bill);
  });
});

describe('programs that packages would run when they are installed', () => {
  it('are each decided', () => {
    const running = Object.entries(locked).flatMap(([place, found]) =>
      'hasInstallScript' in found && !('optional' in found) ? [place.replace(/^.*node_modules\//, '')] : [],
    );
    const decided = Object.keys(manifest.allowScripts);
    expect(running.filter((name) => !decided.includes(name))).toEqual([]);
  });
});

describe('the notices', () => {
  it('have the words of the licence of every component that is installed here', () => {
    const text = notices();
    for (const name of ['react', 'zod', 'fastify', 'libsql']) expect(text).toContain(`\n${name} `);
    expect(text).toContain('SIL OPEN FONT LICENSE');
  });
});

describe('two builds of one commit', () => {
  const again = mkdtempSync(join(tmpdir(), 'build-'));
  afterAll(() => rmSync(again, { recursive: true }));

  /** What a build wrote; the maps name the sources from where they lie. */
  const bytesIn = (folder: string): Map<string, string> =>
    new Map(
      ['main', 'preload', 'renderer']
        .flatMap((part) => filesBelow(join(folder, part)))
        .filter((file) => !file.endsWith('.map'))
        .map((file) => [relative(folder, file), readFileSync(file).toString('base64')]),
    );

  it('are the same bytes', () => {
    // The first one is in out/, where other tests use it.
    expect(isBuildNeeded()).toBe(false);
    const program = join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js');
    const { status, stderr } = spawnSync(process.execPath, [program, 'build', '--outDir', again], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
    const [first, second] = [bytesIn(join(ROOT, 'out')), bytesIn(again)];
    expect(second.size).toBeGreaterThan(100);
    // Chunks of earlier sources may still lie in out/: their names say what is in them.
    expect([...second].filter(([name, bytes]) => first.get(name) !== bytes).map(([name]) => name)).toEqual(
      [],
    );
  }, 180_000);
});
