import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  appendFile,
  copyFile,
  link,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SANDBOX_OFFICER } from '../../src/service/index.ts';
import { jsonLines, oneshot } from './command-line.ts';
import { startTrialService, type TrialService } from './optimizer-api/trial-service.ts';
import { newSigner } from './station.ts';
import { Watcher } from './watcher-process.ts';

const PDF = join(import.meta.dirname, '../corpus/pdftex.pdf');
const bytes = readFileSync(PDF);
const PROOF = { type: 'external', method: 'branch-card', reference: '12345678-12345678' };
const PATIENTLY = { timeout: 60_000, interval: 100 };

let base: string;
let root: string;
let service: TrialService;

beforeAll(async () => {
  service = await startTrialService();
});
afterAll(() => service.close());
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'weather-'));
  root = join(base, 'share');
  await mkdir(join(root, 'in'), { recursive: true });
  return () => rm(base, { recursive: true, force: true });
});

function args(folder = root): string[] {
  const [, url = '', , anchor = ''] = service.args();
  const where = ['--service', url, '--anchor', anchor, '--user', SANDBOX_OFFICER.username];
  return ['watch', folder, ...where, '--data', join(base, 'data'), '--json'];
}

const order = (documents?: readonly string[]): string =>
  JSON.stringify({
    identity: newSigner(),
    registrationAuthority: SANDBOX_OFFICER.registrationAuthority,
    authorisation: PROOF,
    ...(documents && { documents }),
  });

const into = (name: string): string => join(root, 'in', name);
const put = (name: string, content: string | Uint8Array): Promise<void> => writeFile(into(name), content);
const files = async (...path: string[]): Promise<string[]> =>
  (await readdir(join(root, ...path)).catch(() => [])).sort();
const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** What lies beside the signed file is what was signed. */
async function expectDone(name: string, document = `${name}.pdf`): Promise<void> {
  await expect.poll(() => files('done', name, 'signed'), PATIENTLY).toHaveLength(1);
  const [signed = ''] = await files('done', name, 'signed');
  const original = await readFile(join(root, 'done', name, document));
  expect(sha256(original)).toBe(sha256(bytes));
  const file = await readFile(join(root, 'done', name, 'signed', signed));
  expect(file.subarray(0, bytes.length).equals(bytes)).toBe(true);
}

describe('a batch', () => {
  it('takes orders in every encoding and documents by every spelling of their name', async () => {
    const utf16 = Buffer.from(`\ufeff${order()}`, 'utf16le');
    await put('bom.json', `\ufeff${order()}`);
    await put('little.json', utf16);
    await put('big.json', Buffer.from(utf16).swap16());
    await put('SHOUTED.JSON', order());
    await put('composed.json', order(['Señal\u00e9.pdf'.normalize('NFC')]));
    await put('cased.json', order(['Contract.PDF']));
    for (const name of ['bom.pdf', 'little.pdf', 'big.pdf', 'SHOUTED.PDF']) await copyFile(PDF, into(name));
    const [decomposed, cased] = ['Señal\u00e9.pdf'.normalize('NFD'), 'contract.pdf'];
    for (const name of [decomposed, cased]) await copyFile(PDF, into(name));
    const { code, stdout, stderr } = await oneshot([...args(), '--once']);
    expect(code, stderr + stdout).toBe(0);
    await expectDone('bom');
    await expectDone('little');
    await expectDone('big');
    await expectDone('SHOUTED', 'SHOUTED.PDF');
    await expectDone('composed', decomposed);
    await expectDone('cased', cased);
    expect(await files('in')).toEqual([]);
  }, 120_000);

  it('takes regular files with plain names only, leaves and names the others, and ends with 1', async () => {
    const outside = join(base, 'outside.pdf');
    await copyFile(PDF, outside);
    await writeFile(join(base, 'order.json'), order());
    await symlink(join(base, 'order.json'), into('linked.json'));
    await symlink(outside, into('document-linked.pdf'));
    await put('document-linked.json', order());
    await link(outside, into('hard.pdf'));
    await put('hard.json', order());
    execFileSync('mkfifo', [into('pipe.json'), into('piped.pdf')]);
    await put('piped.json', order());
    await mkdir(into('folder.json'));
    await mkdir(into('foldered.pdf'));
    await put('foldered.json', order());
    await put('missing.json', order(['absent.pdf']));
    await put('half.json', order().slice(0, 40));
    await put('partial.json', order());
    await put('partial.pdf', bytes.subarray(0, bytes.length / 2));
    const names = ['...json', 'con.json', 'a:b.json', 'back\\slash.json', 'evidence.json'];
    for (const name of names) await put(name, order());
    const before = await files('in');
    const { code, stdout, stderr } = await oneshot([...args(), '--once']);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(await files('in')).toEqual(before);
    expect(await files('work')).toEqual([]);
    for (const [name, reason] of [
      ['linked.json', 'it is a link'],
      ['document-linked.json', 'it is a link'],
      ['hard.json', 'hard link'],
      ['pipe.json', 'not a regular file'],
      ['piped.json', 'not a regular file'],
      ['folder.json', 'not a regular file'],
      ['foldered.json', 'not a regular file'],
      ['missing.json', 'waits for absent.pdf'],
      ['half.json', 'not complete'],
      ['partial.json', 'not complete'],
      ...names.map((one) => [one, 'no order can have this name']),
    ])
      expect(stderr).toMatch(new RegExp(`^${name?.replace(/[.\\]/g, '\\$&')}: .*${reason}`, 'm'));
    expect((await readFile(outside)).equals(bytes)).toBe(true);
  }, 120_000);

  it('an order whose documents would lie elsewhere fails, and nothing there is touched', async () => {
    await writeFile(join(base, 'secret.pdf'), bytes);
    const wrong = ['../../secret.pdf', join(base, 'secret.pdf'), '\\\\server\\share\\a.pdf', 'C:\\a.pdf'];
    wrong.push('a\0.pdf', 'a.pdf:stream', 'NUL', '..');
    for (const [index, name] of wrong.entries()) await put(`wrong-${index}.json`, order([name]));
    await put('text.json', '{\n "identity": oops }');
    const { code, stdout } = await oneshot([...args(), '--once']);
    expect(code).toBe(1);
    const outcomes = jsonLines({ stdout });
    expect(outcomes).toHaveLength(wrong.length + 1);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ outcome: 'failed', code: 'OSS_REQUEST_INVALID' });
    expect(await readFile(join(root, 'failed', 'text', 'error.json'), 'utf8')).toContain('line 2, column 14');
    expect(await readdir(base)).toEqual(expect.arrayContaining(['secret.pdf']));
  }, 120_000);
});

describe('a watched folder in bad weather', () => {
  it('outlives a slow writer, folders that are removed and a share that goes away', async () => {
    const watcher = new Watcher(args());
    try {
      // The order first; its document in two parts, with a pause in which everything looks quiet.
      await put('slow.json', order());
      await expect.poll(() => watcher.said, PATIENTLY).toContain('slow.json: waits for slow.pdf');
      await put('slow.pdf', bytes.subarray(0, 10_000));
      await expect.poll(() => watcher.said, PATIENTLY).toContain('slow.json: slow.pdf is not complete yet');
      await appendFile(into('slow.pdf'), bytes.subarray(10_000));
      await expectDone('slow');

      // Somebody keeps the file open after its end has been written.
      const writer = await open(into('open.pdf'), 'w');
      await writer.writeFile(bytes);
      await put('open.json', order());
      await put('other.json', order());
      await copyFile(PDF, into('other.pdf'));
      await expectDone('other');
      expect(await files('in')).toEqual(['open.json', 'open.pdf']);
      await writer.close();
      await expectDone('open');

      await rm(join(root, 'done'), { recursive: true });
      await rm(join(root, 'in'), { recursive: true });
      await expect.poll(() => files(), PATIENTLY).toContain('in');
      await put('again.json', order());
      await copyFile(PDF, into('again.pdf'));
      await expectDone('again');

      // A file where a folder was.
      await rm(join(root, 'done'), { recursive: true });
      await writeFile(join(root, 'done'), 'in the way');
      await put('blocked.json', order());
      await copyFile(PDF, into('blocked.pdf'));
      await expect.poll(() => watcher.said, PATIENTLY).toMatch(/done.*EEXIST/);
      await rm(join(root, 'done'));
      await expectDone('blocked');

      await rename(root, join(base, 'away'));
      await expect.poll(() => watcher.said, PATIENTLY).toContain('none of its folders is there');
      await mkdir(root); // the mount point without its share
      await rm(root, { recursive: true });
      await rename(join(base, 'away'), root);
      await put('back.json', order());
      await copyFile(PDF, into('back.pdf'));
      await expectDone('back');
      expect(watcher.isRunning).toBe(true);
    } finally {
      await watcher.stop();
    }
  }, 240_000);

  it('waits for space on a full disk, and goes on when there is some', async ({ skip }) => {
    const disk = join(base, 'disk');
    await mkdir(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk], { stdio: 'pipe' });
    } catch {
      skip('a small file system cannot be mounted here');
    }
    root = join(disk, 'share');
    await mkdir(join(root, 'in'), { recursive: true });
    const watcher = new Watcher([...args(root), '--settle', '0.2']);
    try {
      await put('full.json', order());
      await copyFile(PDF, into('full.pdf'));
      const filler = await open(join(disk, 'filler'), 'w');
      await filler.writeFile(Buffer.alloc(9_000_000)).catch(() => undefined);
      await filler.close();
      await expect.poll(() => watcher.said, PATIENTLY).toMatch(/^full: .*ENOSPC.*tried again/m);
      expect(await files('failed')).toEqual([]);
      await rm(join(disk, 'filler'));
      await expectDone('full');
      expect(watcher.isRunning).toBe(true);
    } finally {
      await watcher.stop();
      execFileSync('umount', ['-l', disk]);
    }
  }, 120_000);

  it('killed as process 1 of a container, it starts again as process 1', async ({ skip }) => {
    const contained = ['unshare', '--pid', '--fork', '--kill-child', process.execPath];
    try {
      execFileSync('unshare', ['--pid', '--fork', 'true'], { stdio: 'pipe' });
    } catch {
      skip('no process of its own number space can be made here');
    }
    await put('one.json', order(['absent.pdf']));
    for (let start = 0; start < 2; start += 1) {
      const watcher = new Watcher(args(), contained);
      await expect.poll(() => watcher.said, PATIENTLY).toContain('waits for absent.pdf');
      const second = await oneshot([...args(), '--once']);
      expect(second.code).toBe(1);
      expect(second.stderr).toContain(join(base, 'data', 'station'));
      expect(second.stderr).toMatch(/oneshot watch, process 1, since 20/);
      await watcher.stop('SIGKILL');
    }
  }, 120_000);
});
