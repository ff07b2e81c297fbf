import { mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EvidenceContent } from '../../contract/model/evidence.ts';
import { checkEvidence } from './check-evidence.ts';
import { EvidenceStore, hashOfRecord } from './evidence-store.ts';

let directory: string;
let store: EvidenceStore;
let clock: number;

const now = () => new Date(clock++);
const idOf = (n: number): string => `tx_${String(n).padStart(16, '0')}`;
const content = (n: number): EvidenceContent => ({
  kind: 'addendum',
  transaction: idOf(n),
  events: [{ at: new Date(clock).toISOString(), type: 'takenBack' }],
});
const file = (sequence: number): string =>
  join(directory, 'evidence', `${String(sequence).padStart(10, '0')}.json`);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'evidence-'));
  store = new EvidenceStore(directory);
  clock = Date.parse('2026-01-01T00:00:00Z');
});
afterEach(() => rm(directory, { recursive: true }));

async function fill(records = 4): Promise<void> {
  for (let n = 1; n <= records; n++) await store.append(content(n), 5, now);
}
const faults = async (journalled: { sequence: number; hash: string }[] = []) =>
  (await checkEvidence(store, journalled)).faults.map(({ sequence, fault }) => `${sequence} ${fault}`);

/** As somebody with an editor would: the hash of the record itself is made to fit. */
async function rewrite(sequence: number, change: (record: Record<string, unknown>) => void): Promise<void> {
  const sealed = JSON.parse(await readFile(file(sequence), 'utf8'));
  change(sealed.record);
  await writeFile(file(sequence), JSON.stringify({ ...sealed, hash: hashOfRecord(sealed.record) }));
}

describe('the chain of evidence', () => {
  it('holds when nobody touched it, also when records are sealed at the same time', async () => {
    await Promise.all([1, 2, 3, 4, 5].map((n) => store.append(content(n), 5, now)));
    expect(await checkEvidence(store, [])).toEqual({ records: 5, faults: [] });
  });

  it.each([1, 2, 4])('names record %i when a byte of it was changed', async (sequence) => {
    await fill();
    const text = await readFile(file(sequence), 'utf8');
    await writeFile(file(sequence), text.replace('takenBack', 'takenback'));
    expect(await faults()).toEqual([`${sequence} altered`]);
  });

  it.each([
    [1, ['2 out-of-order']],
    [3, ['4 out-of-order']],
    [4, ['4 cut-off']],
  ])('notices that record %i was rewritten with a hash of its own', async (sequence, expected) => {
    await fill();
    await rewrite(sequence, (record) => {
      record.entries = 6;
    });
    expect(await faults()).toEqual(expected);
  });

  it('notices a record that was removed, inside and at the end', async () => {
    await fill();
    await unlink(file(2));
    await unlink(file(4));
    expect(await faults()).toEqual(['2 missing', '4 missing']);
  });

  it('notices records that changed places', async () => {
    await fill();
    const [second, third] = await Promise.all([readFile(file(2)), readFile(file(3))]);
    await writeFile(file(2), third);
    await writeFile(file(3), second);
    expect(await faults()).toEqual(['2 out-of-order', '3 out-of-order', '4 out-of-order']);
  });

  it('notices a file that is no record, and a head that was taken away', async () => {
    await fill();
    await writeFile(file(3), 'nothing');
    expect(await faults()).toEqual(['3 unreadable']);
    await unlink(join(directory, 'evidence', 'head.json'));
    expect(await faults()).toEqual(['3 unreadable', '4 cut-off']);
  });

  it('notices an end that was cut off together with the head, by what the journals remember', async () => {
    await fill(2);
    const head = await readFile(join(directory, 'evidence', 'head.json'));
    const { record, hash } = await store.append(content(3), 5, now);
    await unlink(file(3));
    await writeFile(join(directory, 'evidence', 'head.json'), head);
    expect(await faults()).toEqual([]);
    expect(await faults([{ sequence: record.sequence, hash }])).toEqual(['3 not-as-journalled']);
  });

  it('goes on behind a gap and never closes it', async () => {
    await fill(3);
    await unlink(file(3));
    await store.append(content(4), 5, now);
    expect(await faults()).toEqual(['3 missing']);
  });

  it('takes in the record that was written before the station was killed, and writes none twice', async () => {
    await fill(2);
    const head = await readFile(join(directory, 'evidence', 'head.json'));
    const third = content(3);
    const written = await store.append(third, 5, now);
    await writeFile(join(directory, 'evidence', 'head.json'), head);
    expect(await faults()).toEqual([]);
    await store.append(content(4), 5, now);
    expect(await store.append(third, 5, now)).toEqual(written);
    expect(await checkEvidence(store, [])).toEqual({ records: 4, faults: [] });
  });

  it('writes none twice where the clock was set back after what it tells of', async () => {
    await fill(2);
    const told = content(3);
    clock -= 3 * 3600_000;
    const written = await store.append(told, 5, now);
    for (const n of [4, 5]) await store.append(content(n), 5, now);
    // The journal does not know of it: the station was killed in between.
    expect(await new EvidenceStore(directory).append(told, 5, now)).toEqual(written);
    expect(await faults()).toEqual([]);
  });

  it.each(['then', 'any more'])(
    'writes none twice where the index took no row %s, however the clock was set since',
    async (when) => {
      await fill(2);
      const told = content(3);
      const full = vi.spyOn(store.index, 'note').mockResolvedValue();
      const written = await store.append(told, 5, now);
      if (when === 'then') full.mockRestore();
      clock -= 3 * 3600_000;
      for (const n of [4, 5]) await store.append(content(n), 5, now);
      expect(await store.append(told, 5, now)).toEqual(written);
      expect(await checkEvidence(store, [])).toEqual({ records: 5, faults: [] });
    },
  );

  it('takes in its very first record, too', async () => {
    const head = join(directory, 'evidence', 'head.json');
    const first = content(1);
    const written = await store.append(first, 5, now);
    const { station } = written.record;
    await writeFile(head, JSON.stringify({ station, sequence: 0, hash: '0'.repeat(64) }));
    expect(await faults()).toEqual([]);
    expect(await new EvidenceStore(directory).append(first, 5, now)).toEqual(written);
    expect(JSON.parse(await readFile(head, 'utf8'))).toEqual({ station, sequence: 1, hash: written.hash });
  });
});
