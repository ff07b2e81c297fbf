import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliverFile } from './deliver-file.ts';
import { writeNewFile } from './new-file.ts';

let folder: string;
let vaultFile: string;
let target: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deliver-'));
  vaultFile = join(folder, '0.pdf');
  target = join(folder, 'out');
  await writeFile(vaultFile, 'signed', { mode: 0o600 });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('delivery of a signed file', () => {
  it('names it after the original and makes it readable like any document', async () => {
    const path = await deliverFile(vaultFile, target, 'contract.pdf');
    expect(path).toBe(join(target, 'contract-signed.pdf'));
    expect(await readFile(path, 'utf8')).toBe('signed');
    expect((await stat(path)).mode & 0o777).toBe(0o666 & ~process.umask());
  });

  it.each([0o022, 0o027, 0o077, 0o002])(
    'keeps the umask %o, also on another way of writing',
    async (mask) => {
      const before = process.umask(mask);
      try {
        const linked = await deliverFile(vaultFile, target, 'contract.pdf');
        const written = await writeNewFile(join(target, 'report'), '.pdf', Buffer.from('x'));
        for (const path of [linked, written]) expect((await stat(path)).mode & 0o777).toBe(0o666 & ~mask);
      } finally {
        process.umask(before);
      }
    },
  );

  it.each([
    ['as long as a file system takes', `${'a'.repeat(251)}.pdf`, /^a{200,}-signed\.pdf$/],
    ['in letters of three bytes', `${'漢'.repeat(83)}.pdf`, /^漢{70,}-signed\.pdf$/],
    ['in characters of two halves', `${'😀'.repeat(62)}.pdf`, /^(😀){50,}-signed\.pdf$/u],
    ['with a dot far in front', `a.${'b'.repeat(240)}`, /^a\.b{200,}-signed\.pdf$/],
  ])('shortens a name %s, which the suffix would make too long', async (_name, original, expected) => {
    const first = await deliverFile(vaultFile, target, original);
    const other = join(folder, '1.pdf');
    await writeFile(other, 'another');
    const second = await deliverFile(other, target, original);
    expect(basename(first)).toMatch(expected);
    expect(basename(second)).toBe(basename(first).replace('.pdf', '-2.pdf'));
  });

  it.each([
    ['contract-signed.pdf', 'contract-signed.pdf'],
    ['contract-signed-2.pdf', 'contract-signed.pdf'],
    ['-signed.pdf', '-signed-signed.pdf'],
    ['contract-2.pdf', 'contract-2-signed.pdf'],
    ['unsigned.pdf', 'unsigned-signed.pdf'],
  ])('names %s that is signed again %s', async (original, expected) => {
    expect(basename(await deliverFile(vaultFile, target, original))).toBe(expected);
  });

  it('never overwrites: the next free name is taken', async () => {
    await mkdir(target);
    await writeFile(join(target, 'contract-signed.pdf'), 'somebody else’s');
    expect(await deliverFile(vaultFile, target, 'contract.pdf')).toBe(join(target, 'contract-signed-2.pdf'));
    expect(await readFile(join(target, 'contract-signed.pdf'), 'utf8')).toBe('somebody else’s');
  });

  it('delivers once, even when asked again because the first time was not recorded', async () => {
    const first = await deliverFile(vaultFile, target, 'contract.pdf');
    expect(await deliverFile(vaultFile, target, 'contract.pdf')).toBe(first);
    expect(await readdir(target)).toEqual(['contract-signed.pdf']);
  });

  it('gives each of several callers a name of its own', async () => {
    const sources = await Promise.all(
      [0, 1, 2, 3, 4].map(async (n) => {
        const path = join(folder, `v${n}.pdf`);
        await writeFile(path, String(n));
        return path;
      }),
    );
    const paths = await Promise.all(sources.map((path) => deliverFile(path, target, 'contract.pdf')));
    expect(new Set(paths).size).toBe(5);
    expect(await Promise.all(paths.map((path) => readFile(path, 'utf8')))).toEqual(['0', '1', '2', '3', '4']);
  });

  it('says that the folder cannot be written to, and leaves nothing in it', async () => {
    await writeFile(target, 'a file, not a folder');
    await expect(deliverFile(vaultFile, target, 'contract.pdf')).rejects.toMatchObject({
      code: 'OSS_FILE_WRITE_FAILED',
    });
    await chmod(target, 0o600);
    expect(await readFile(target, 'utf8')).toBe('a file, not a folder');
  });

  it('copies whole files to another file system', async ({ skip }) => {
    const elsewhere = '/dev/shm';
    const here = await stat(folder);
    const there = await stat(elsewhere).catch(() => undefined);
    if (!there || there.dev === here.dev) skip('no second file system at /dev/shm');
    const other = await mkdtemp(join(elsewhere, 'deliver-'));
    try {
      const path = await deliverFile(vaultFile, other, 'contract.pdf');
      expect(await readFile(path, 'utf8')).toBe('signed');
      expect(await readdir(other)).toEqual(['contract-signed.pdf']);
    } finally {
      await rm(other, { recursive: true });
    }
  });
});
