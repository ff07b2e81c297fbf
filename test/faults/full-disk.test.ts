import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toOssError } from '../../src/contract/errors.ts';
import { Journal } from '../../src/optimizer/journal/journal.ts';
import { type Sandbox, startSandbox } from '../integration/sandbox.ts';
import { newSigner, Station } from '../integration/station.ts';
import { mountSmallDisk, type SmallDisk } from '../support/small-disk.ts';

const DOCUMENT = { path: join(import.meta.dirname, '../corpus/pdftex.pdf') };
const probe = await mkdtemp(join(tmpdir(), 'mount-'));
const probed = await mountSmallDisk(join(probe, 'disk'), 1);
probed?.unmount();

let sandbox: Sandbox;
let directory: string;
let disk: SmallDisk;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'full-disk-'));
  const mounted = await mountSmallDisk(join(directory, 'disk'), 4);
  if (!mounted) throw new Error('a disk could be mounted a moment ago');
  disk = mounted;
  return async () => {
    disk.unmount();
    await rm(directory, { recursive: true });
  };
});

const open = (): Promise<Station> =>
  Station.open({ serviceUrl: sandbox.url, anchor: sandbox.anchor, directory: disk.path });

const codeOf = (thrown: unknown): string => toOssError(thrown).code;

// Where no file system can be mounted, none can be filled.
describe.skipIf(probed === undefined)('a full disk', () => {
  it('sends no code where what follows could not be written', async () => {
    const station = await open();
    const transaction = await station.review([DOCUMENT]);
    await disk.fill(64 * 1024);
    await expect(station.optimizer.sendCode(transaction.id)).rejects.toMatchObject({ code: 'OSS_DISK_FULL' });
    expect((await station.optimizer.get(transaction.id)).state).toBe('reviewed');
    await disk.free();
    await station.receiveCode(transaction);
    await station.close();
  });

  it('signs with the space that was reserved, however full the disk is by then', async () => {
    const station = await open();
    const transaction = await station.review([DOCUMENT]);
    const code = await station.receiveCode(transaction);
    await disk.fill();
    await station.optimizer.sign(transaction.id, { type: 'otp', code });
    await station.optimizer.deliver(transaction.id);
    expect(await station.delivered()).toEqual(['pdftex-signed.pdf']);
    await station.close();
    const again = await open();
    expect(await again.optimizer.list()).toMatchObject([{ id: transaction.id, state: 'delivered' }]);
    await again.close();
  });

  it('keeps the answer of the service where nothing at all can be written, and fetches it again by its key', async () => {
    const station = await open();
    const transaction = await station.review([DOCUMENT]);
    const code = await station.receiveCode(transaction);
    const folder = join(disk.path, 'station', 'transactions', transaction.id);
    // Somebody else took the reserved space too, between the intent and the response.
    const { sign } = station.service;
    station.service.sign = async (...call) => {
      const response = await sign.apply(station.service, call);
      await rm(join(folder, 'reserve'));
      await disk.fill();
      return response;
    };
    await expect(station.optimizer.sign(transaction.id, { type: 'otp', code })).rejects.toMatchObject({
      code: 'OSS_DISK_FULL',
    });
    expect((await station.optimizer.get(transaction.id)).state).toBe('signing');
    await station.optimizer.close();

    const other = await open();
    const standing: string[] = [];
    await disk.free();
    const resumed = await other.optimizer.resume({ onStanding: (_, error) => standing.push(error.code) });
    expect(standing).toEqual([]);
    expect(resumed).toMatchObject([{ id: transaction.id, state: 'delivered' }]);
    await other.close();
  });

  it('tears no journal: a line is written whole or not at all', async () => {
    const path = join(disk.path, 'journal.jsonl');
    const journal = await Journal.create(path, () => new Date());
    await journal.append({
      type: 'created',
      id: 'tx_0123456789abcdef01234567',
      profile: 'single-use-p256',
      registrationAuthority: '1000',
      level: 'B-T',
      identity: newSigner(),
      documents: [],
    });
    let failed = 0;
    for (let left = 4096; left >= 0; left -= 512) {
      await disk.free();
      await disk.fill(left);
      const before = await readFile(path);
      const hash = { name: randomBytes(8000).toString('hex'), digest: `${'A'.repeat(43)}=`, slot: 0 };
      await journal.append({ type: 'hashAdded', hash }).catch((thrown: unknown) => {
        expect(codeOf(thrown)).toBe('OSS_DISK_FULL');
        failed += 1;
      });
      expect((await readFile(path)).subarray(0, before.length).equals(before)).toBe(true);
      expect((await readFile(path)).at(-1)).toBe(0x0a);
    }
    expect(failed).toBeGreaterThan(0);
  });

  it('leaves no record behind of what could not begin, and starts again', async () => {
    const station = await open();
    await disk.fill();
    const failure = await station.review([DOCUMENT]).catch(codeOf);
    expect(failure).toBe('OSS_DISK_FULL');
    await station.close();
    const again = await open();
    await expect(again.optimizer.resume()).resolves.toEqual([]);
    expect(await readdir(join(disk.path, 'station', 'transactions'))).toEqual([]);
    await disk.free();
    await again.signAll([DOCUMENT]);
    await again.close();
  });
});
