import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { RecordStore } from './record-store.ts';

let directory: string;
let store: RecordStore;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'record-store-'));
  store = new RecordStore(join(directory, 'records.db'));
});
afterEach(async () => {
  store.close();
  await rm(directory, { recursive: true });
});

const collectionOf = (owner: string) => store.collection('note', z.string(), { owner });

describe('the records of an owner', () => {
  it('are reached by nobody else, whatever the call', () => {
    const [mine, theirs] = [collectionOf('a'), collectionOf('b')];
    mine.put('1', 'mine');
    theirs.put('2', 'theirs');
    expect([theirs.get('1'), theirs.count(), theirs.list(), theirs.page(0, 10)]).toEqual([
      undefined,
      1,
      ['theirs'],
      [['2', 'theirs']],
    ]);
    expect(theirs.remove('1')).toBe(false);
    expect(() => theirs.put('1', 'taken')).toThrow();
    expect(mine.get('1')).toBe('mine');
    const all = store.collection('note', z.string(), 'everyone');
    expect(all.list()).toEqual(['mine', 'theirs']);
    expect(() => all.put('3', 'nobody’s')).toThrow();
  });

  it('can be handed over', () => {
    collectionOf('a').put('1', 'one');
    store.handOver('a', 'b');
    expect([collectionOf('a').count(), collectionOf('b').get('1')]).toEqual([0, 'one']);
  });
});

it('a page is in the order of the numbers, from the one after which it begins', () => {
  const notes = collectionOf('a');
  for (const key of ['900', '1', '1000000000', '80']) notes.put(key, key);
  collectionOf('b').put('81', 'theirs');
  expect(notes.page(0, 10).map(([key]) => key)).toEqual(['1', '80', '900', '1000000000']);
  expect(notes.page(80, 1).map(([key]) => key)).toEqual(['900']);
});

it('numbers have ten digits, fit into 32 bits, and none is given twice', () => {
  const numbers = Array.from({ length: 300 }, () => store.newNumber());
  expect(new Set(numbers).size).toBe(300);
  for (const number of numbers) expect(number > 999_999_999 && number < 2 ** 31).toBe(true);
});

it('whatever was put, changed and removed, in any order, no byte of the files holds it after a scrub', async () => {
  const notes = collectionOf('a');
  const work = fc.array(
    fc.record({
      key: fc.integer({ min: 1, max: 40 }),
      size: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 9000 })),
      act: fc.constantFrom('put', 'put', 'remove'),
    }),
    { minLength: 20, maxLength: 120 },
  );
  let run = 0;
  await fc.assert(
    fc.asyncProperty(work, async (steps) => {
      run++;
      const live = new Set<string>();
      for (const [at, { key, size, act }] of steps.entries()) {
        const text = `planted${run}.${key}.${at}.`;
        for (const old of [...live].filter((one) => one.startsWith(`planted${run}.${key}.`)))
          live.delete(old);
        if (act === 'remove') notes.remove(String(key));
        else {
          notes.put(String(key), text + 'x'.repeat(size));
          live.add(text);
        }
      }
      for (const [key] of notes.entries().slice(0, 20)) {
        notes.remove(key);
        for (const old of [...live].filter((one) => one.startsWith(`planted${run}.${key}.`)))
          live.delete(old);
      }
      store.noteRemoval();
      store.scrub();
      const names = ['records.db', 'records.db-wal'];
      const bytes = Buffer.concat(
        await Promise.all(names.map((name) => readFile(join(directory, name)).catch(() => Buffer.alloc(0)))),
      ).toString('latin1');
      const found = new Set(
        [...bytes.matchAll(new RegExp(`planted${run}\\.\\d+\\.\\d+\\.`, 'g'))].map(([text]) => text),
      );
      expect([...found].filter((text) => !live.has(text))).toEqual([]);
      for (const [key] of notes.entries()) notes.remove(key);
    }),
    { numRuns: 40 },
  );
}, 60_000);
