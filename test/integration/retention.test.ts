import { appendFile, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Retention } from '../../src/main/retention/retention.ts';
import { Optimizer, removeEndedRecords } from '../../src/optimizer/index.ts';
import { openApiData } from '../../src/optimizer-api/index.ts';
import { EVERYBODY } from '../../src/optimizer-api/store/owners.ts';
import { openRecords } from '../../src/optimizer-api/store/records.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { newSigner } from './station.ts';

const DAY_MS = 24 * 60 * 60_000;
const START = Date.parse('2026-03-01T10:00:00Z');

const requestOf = (pk: number, transactionId: string) => ({
  pk,
  dialect: 'classic' as const,
  createdAt: new Date(START).toISOString(),
  fields: {},
  scratchcard: '000000000000',
  registrationAuthority: '1000',
  profile: 'PFnubeNC',
  acknowledged: true,
  transactionId,
});

describe('records of ended transactions', () => {
  let directory: string;
  let sandbox: Sandbox;
  let optimizer: Optimizer;
  let now: number;

  const open = () =>
    Optimizer.open({
      dataDirectory: directory,
      // Nothing here reaches the service.
      service: {} as never,
      anchors: sandbox.anchor,
      signatureFontPath: '',
      now: () => new Date(now),
    });
  const record = async (state: 'cancelled' | 'created'): Promise<string> => {
    const { id } = await optimizer.create({
      identity: newSigner(),
      documents: [{ path: resolve('test/corpus/pdftex.pdf') }],
      profile: 'natural-person',
      registrationAuthority: '1000',
      level: 'B-T',
    });
    if (state === 'cancelled') await optimizer.cancel(id);
    return id;
  };
  const left = async () => (await readdir(join(directory, 'transactions'))).sort();

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'retention-'));
    sandbox = await startSandbox();
    now = START;
    optimizer = await open();
  });
  afterEach(async () => {
    await optimizer.close();
    await sandbox.close();
    await rm(directory, { recursive: true });
  });

  it('go when their days are over, and not before; open ones stay', async () => {
    const old = await record('cancelled');
    const stillOpen = await record('created');
    now += 20 * DAY_MS;
    const young = await record('cancelled');
    const requests = await openApiData(directory, { kind: 'oneshot', baseUrl: sandbox.url });
    const records = openRecords(requests.store, { owner: EVERYBODY });
    for (const [pk, transactionId] of [old, stillOpen, young].entries()) {
      records.requests.put(String(pk), requestOf(pk, transactionId));
      await requests.files.createRequestFolder(pk);
    }
    const { transactionId: _, ...undecided } = requestOf(3, '');
    const video = { pk: 4, state: 'VIDEOREVIEW', evidences: true, video: true } as const;
    records.requests.put('3', { ...undecided, video });
    records.videos.put('4', 3);
    await requests.files.createRequestFolder(3);
    const removed: number[] = [];
    const purged: number[] = [];
    const retention = new Retention({
      recordsDirectory: directory,
      recordsDays: () => 30,
      connection: {
        current: async () =>
          ({
            optimizer: { removeEnded: (at: Date) => optimizer.removeEnded(at), resume: async () => [] },
            forgetRemoved: (before: Date) => requests.forgetRemoved((id) => optimizer.has(id), before),
          }) as never,
      },
      customers: { purge: async () => void purged.push(now) },
      onRemoved: async (count) => void removed.push(count),
      now: () => new Date(now),
    });
    now = START + 30 * DAY_MS;
    expect(await retention.apply()).toBe(0);
    expect(requests.records.requests.list()).toHaveLength(4);
    now += 1;
    expect(await retention.apply()).toBe(1);
    expect(removed).toEqual([1]);
    expect(purged).toHaveLength(2);
    expect(await left()).toEqual([stillOpen, young].sort());
    // What applications began goes with it, record and files, and so does what nobody decided on in that time.
    expect(requests.records.videos.list()).toEqual([]);
    expect(requests.records.requests.list().map(({ pk }) => pk)).toEqual([1, 2]);
    expect((await readdir(join(directory, 'api', 'requests'))).sort()).toEqual(['1', '2']);
    await requests.close();
    expect((await optimizer.list()).map(({ id }) => id)).not.toContain(old);
  });

  it('go as well while no service can be reached, because nothing but the disk is needed', async () => {
    await record('cancelled');
    const stillOpen = await record('created');
    await expect(removeEndedRecords(directory, new Date(START + DAY_MS))).rejects.toMatchObject({
      code: 'OSS_DATA_IN_USE',
    });
    await optimizer.close();
    expect(await removeEndedRecords(directory, new Date(START + DAY_MS))).toBe(1);
    expect(await left()).toEqual([stillOpen]);
    optimizer = await open();
  });

  it('go by the age of their file when they cannot be read any more', async () => {
    const id = await record('cancelled');
    const journal = join(directory, 'transactions', id, 'journal.jsonl');
    await optimizer.close();
    await appendFile(journal, 'garbage\nnonsense\n');
    await utimes(journal, new Date(START), new Date(START));
    expect(await removeEndedRecords(directory, new Date(START))).toBe(0);
    expect(await removeEndedRecords(directory, new Date(START + 1000))).toBe(1);
    optimizer = await open();
  });
});
