import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import Libsql from 'libsql';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RecordStore } from './record-store.ts';
import { type ApiRequestRecord, openRecords } from './records.ts';

let directory: string;
let store: RecordStore;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'requests-'));
  store = new RecordStore(join(directory, 'records.db'));
});
afterEach(async () => {
  store.close();
  await rm(directory, { recursive: true });
});

const START = Date.UTC(2026, 0, 1);
const record = fc.record(
  {
    pk: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 0, max: 9 }),
    toldState: fc.constantFrom('CREATED', 'ENROLLREADY', 'ISSUED', 'CANCELLED'),
    asyncState: fc.constantFrom('pending', 'approved', 'signing', 'signed', 'error'),
    removed: fc.boolean(),
    transactionId: fc.constantFrom('tx_a', 'tx_b'),
  },
  { requiredKeys: ['pk', 'day'] },
);

it('finds what a look at all requests would find, after whatever was put, changed and removed', () => {
  const records = openRecords(store, { owner: 'a' });
  const index = store.requestIndex(openRecords(store, 'everyone').requests);
  fc.assert(
    fc.property(fc.array(fc.tuple(record, fc.boolean()), { maxLength: 30 }), (steps) => {
      for (const [{ day, ...more }, isRemoval] of steps) {
        if (isRemoval) records.requests.remove(String(more.pk));
        else {
          records.requests.put(String(more.pk), {
            dialect: 'classic',
            createdAt: new Date(START + day * 86_400_000).toISOString(),
            fields: {},
            scratchcard: '',
            registrationAuthority: '',
            profile: '',
            acknowledged: true,
            ...more,
          } as ApiRequestRecord);
        }
      }
      const all = records.requests.list();
      const pks = (found: readonly ApiRequestRecord[]): number[] => found.map(({ pk }) => pk).sort();
      const isOver = ({ toldState }: ApiRequestRecord): boolean =>
        toldState === 'ISSUED' || toldState === 'CANCELLED';
      const isGoing = ({ removed, transactionId }: ApiRequestRecord): boolean =>
        removed === true && transactionId !== undefined;
      expect(pks(index.unsettled())).toEqual(pks(all.filter((one) => !isOver(one) || isGoing(one))));
      expect(pks(index.promised())).toEqual(pks(all.filter(({ asyncState }) => asyncState === 'signing')));
      const moment = new Date(START + 4 * 86_400_000);
      const begun = all.filter(({ createdAt }) => Date.parse(createdAt) < moment.getTime());
      expect(pks(index.begunBefore(moment))).toEqual(pks(begun));
      for (const { pk } of all) records.requests.remove(String(pk));
    }),
    { numRuns: 60 },
  );
});

it('names one that cannot be read, and finds the others', () => {
  const records = openRecords(store, { owner: 'a' });
  const index = store.requestIndex(openRecords(store, 'everyone').requests);
  const known = { dialect: 'classic', createdAt: new Date(START).toISOString(), fields: {} } as const;
  const rest = { scratchcard: '', registrationAuthority: '', profile: '', acknowledged: true };
  for (const pk of [1, 2, 3]) records.requests.put(String(pk), { pk, ...known, ...rest });
  const damage = new Libsql(join(directory, 'records.db'));
  damage.exec(
    `UPDATE record SET value = '{"pk":' WHERE key = '1'; UPDATE record SET value = '{}' WHERE key = '2'`,
  );
  damage.close();
  const damaged: string[] = [];
  store.onDamage((name) => damaged.push(name));
  expect(index.unsettled().map(({ pk }) => pk)).toEqual([3]);
  expect(damaged.sort()).toEqual(['request 1', 'request 2']);
});
