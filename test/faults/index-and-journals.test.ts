/** What the indexes say and what journals and records say, wherever the process was killed; and what is opened at all. */
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { EvidenceArchive, Optimizer } from '../../src/optimizer/index.ts';
import { TransactionIndex } from '../../src/optimizer/transaction/transaction-index.ts';
import { Vault } from '../../src/optimizer/vault/vault.ts';
import { newSigner } from '../integration/station.ts';
import type { DiskEffects } from '../support/disk-effects.ts';
import { makeHierarchy } from '../support/pki-hierarchy.ts';

const disk = vi.hoisted(() => ({ effects: undefined as unknown as DiskEffects }));
vi.mock('node:fs/promises', async (original) => {
  const { DiskEffects } = await import('../support/disk-effects.ts');
  disk.effects ??= new DiskEffects();
  return disk.effects.files(await original());
});
vi.mock('libsql', async (original) => {
  const { default: real } = await original<{ default: never }>();
  return { default: disk.effects.database(real) };
});

const FUTURE = new Date('2200-01-01T00:00:00Z');
/** The process that dies cannot hold a lock either. */
const LOCK = { release: async () => undefined };

let anchors: string;
let base: string;
beforeAll(async () => {
  const { root } = await makeHierarchy();
  anchors = new X509Certificate(Buffer.from(root.certificate.der)).toString();
  base = await mkdtemp(join(tmpdir(), 'index-'));
});
afterAll(() => rm(base, { recursive: true }));

const open = (dataDirectory: string) =>
  Optimizer.open({
    dataDirectory,
    lock: LOCK,
    // Nothing here reaches the service.
    service: {} as never,
    anchors,
    signatureFontPath: '',
  });

const create = async (optimizer: Optimizer): Promise<string> => {
  const { id } = await optimizer.create({
    identity: newSigner(),
    documents: [],
    profile: 'single-use-p256',
    registrationAuthority: '1000',
    level: 'B-T',
  });
  return id;
};

type Act = 'create' | 'cancel' | 'giveBack' | 'remove' | 'removeEnded';

/** What was answered, and what was only asked for. */
interface Known {
  readonly open: Set<string>;
  readonly ended: Set<string>;
  /** Asked to be cancelled or removed, without a response. */
  readonly unsure: Set<string>;
}

async function perform(
  optimizer: Optimizer,
  act: Act,
  { open: opened, ended, unsure }: Known,
): Promise<void> {
  const [anOpen] = opened;
  const [anEnded] = ended;
  if (act === 'create') opened.add(await create(optimizer));
  if (act === 'cancel' && anOpen !== undefined) {
    opened.delete(anOpen);
    unsure.add(anOpen);
    await optimizer.cancel(anOpen);
    unsure.delete(anOpen);
    ended.add(anOpen);
  }
  if (act === 'giveBack' && anEnded !== undefined) await optimizer.recordAct(anEnded, { type: 'takenBack' });
  if (act === 'remove' && anEnded !== undefined) {
    ended.delete(anEnded);
    unsure.add(anEnded);
    await optimizer.remove(anEnded);
    unsure.delete(anEnded);
  }
  if (act === 'removeEnded') {
    for (const id of ended) unsure.add(id);
    const asked = [...ended];
    ended.clear();
    await optimizer.removeEnded(FUTURE);
    for (const id of asked) unsure.delete(id);
  }
}

/** Whether nothing is left to be done for it, read from the journal itself. */
async function isSettled(directory: string, id: string): Promise<boolean> {
  const folder = join(directory, 'transactions', id);
  const text = await readFile(join(folder, 'journal.jsonl'), 'utf8').catch(() => '');
  const last = text.split('\n').at(-2) ?? '';
  return last.includes('"type":"sealed"') && text.endsWith('\n') && (await readdir(folder)).length === 1;
}

/** Kills the program at one of its changes of the disk, and looks at what the next one makes of it. */
async function killedAt(change: number, acts: readonly Act[]): Promise<boolean> {
  const directory = await mkdtemp(join(base, 'run-'));
  const known: Known = { open: new Set(), ended: new Set(), unsure: new Set() };
  disk.effects.killAfter(change);
  const doomed = await open(directory).catch(() => undefined);
  try {
    if (doomed) for (const act of acts) await perform(doomed, act, known);
  } catch (error) {
    if (!disk.effects.isKilled) throw error;
  }
  const wasKilled = disk.effects.isKilled;
  // Only what a system closes with a process.
  await doomed?.close().catch(() => undefined);
  disk.effects.killAfter(Number.POSITIVE_INFINITY);

  const vault = new Vault(directory);
  const index = await TransactionIndex.open(directory, vault);
  const unsettled = new Set(index.unsettled());
  await index.close();
  for (const id of await vault.list()) {
    if (!(await isSettled(directory, id))) expect(unsettled, `${change}: ${id}`).toContain(id);
  }

  const survivor = await open(directory);
  const resumed = (await survivor.resume()).map(({ id }) => id);
  const there = await vault.list();
  const states = new Map((await survivor.list()).map(({ id, state }) => [id, state]));
  expect([...states.keys()].sort(), `${change}: listed`).toEqual(there);
  for (const id of known.open) expect(resumed, `${change}: ${id}`).toContain(id);
  for (const id of known.ended) expect(states.get(id), `${change}: ${id}`).toBe('cancelled');
  // What nobody was told of may have become either.
  for (const id of there) {
    const isKnown = known.open.has(id) || known.ended.has(id) || known.unsure.has(id);
    if (!isKnown) expect(resumed, `${change}: ${id}`).toContain(id);
    if (!resumed.includes(id)) expect(await isSettled(directory, id), `${change}: ${id}`).toBe(true);
  }
  await survivor.removeEnded(FUTURE);
  expect(await vault.list(), `${change}: after retention`).toEqual(resumed.sort());
  await survivor.close();
  const { faults } = await new EvidenceArchive(directory).check();
  expect(faults, `${change}: evidence`).toEqual([]);
  await rm(directory, { recursive: true });
  return wasKilled;
}

it('agree wherever the process is killed, change by change', async () => {
  const acts: Act[] = ['create', 'create', 'cancel', 'giveBack', 'remove', 'create', 'cancel', 'removeEnded'];
  let change = 0;
  while (await killedAt(change, acts)) change += 1;
  expect(change).toBeGreaterThan(40);
}, 240_000);

it('agree after whatever was done, killed anywhere', async () => {
  const act = fc.constantFrom<Act>(
    'create',
    'create',
    'cancel',
    'cancel',
    'giveBack',
    'remove',
    'removeEnded',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 12 }), fc.nat({ max: 90 }), async (acts, change) => {
      await killedAt(change, ['create', ...acts]);
    }),
    { numRuns: 25 },
  );
}, 240_000);

/** Journals that a start, the resumption and retention of nothing open, with so many that have ended. */
async function opened(ended: number, stillOpen: number): Promise<string[]> {
  const directory = await mkdtemp(join(base, 'many-'));
  const first = await open(directory);
  for (let n = 0; n < ended; n += 1) await first.cancel(await create(first));
  for (let n = 0; n < stillOpen; n += 1) await create(first);
  await first.close();
  disk.effects.opened.length = 0;
  const optimizer = await open(directory);
  await optimizer.resume();
  await optimizer.removeEnded(new Date(0));
  const names = disk.effects.opened.filter((path) => path.endsWith('journal.jsonl'));
  await optimizer.close();
  return [...new Set(names)];
}

it('a start, what it resumes and retention open the journals of what is open, however many have ended', async () => {
  expect(await opened(3, 4)).toHaveLength(4);
  expect(await opened(60, 4)).toHaveLength(4);
  expect(await opened(60, 0)).toEqual([]);
}, 60_000);

it('evidence is listed without opening a record, and that of one transaction by opening its own', async () => {
  const directory = await mkdtemp(join(base, 'evidence-'));
  const optimizer = await open(directory);
  const ids: string[] = [];
  for (let n = 0; n < 30; n += 1) {
    ids.push(await create(optimizer));
    await optimizer.cancel(ids.at(-1) ?? '');
  }
  await optimizer.recordAct(ids[3] ?? '', { type: 'takenBack' });
  await optimizer.close();
  const archive = new EvidenceArchive(directory);
  const records = (): string[] => disk.effects.opened.filter((path) => /\d{10}\.json$/.test(path));
  disk.effects.opened.length = 0;
  const summaries = await archive.summaries();
  expect(summaries.map(({ transaction }) => transaction)).toEqual([...ids, ids[3]]);
  expect(records()).toEqual([]);
  const about = await archive.about(ids[3] ?? '');
  expect(about.map(({ record }) => record.sequence)).toEqual([4, 31]);
  expect(records()).toHaveLength(2);

  // Nothing rests on the index: without it everything is read once more.
  await archive.close();
  await rm(join(directory, 'evidence', 'index.db'));
  const again = new EvidenceArchive(directory);
  expect(await again.summaries()).toEqual(summaries);
  expect(records()).toHaveLength(2 + 31);
  expect((await again.about(ids[3] ?? '')).map(({ record }) => record.sequence)).toEqual([4, 31]);
  await again.close();
}, 60_000);
