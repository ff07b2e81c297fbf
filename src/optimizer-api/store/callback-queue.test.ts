import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type CallbackRecord, callbackRecordSchema, failedCallbackRecordSchema } from './callback-records.ts';
import { RecordStore } from './record-store.ts';

let directory: string;
let store: RecordStore;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'callbacks-'));
  store = new RecordStore(join(directory, 'records.db'));
});
afterEach(async () => {
  store.close();
  await rm(directory, { recursive: true });
});

const collections = (run: number) =>
  [
    store.collection('callback', callbackRecordSchema, { owner: `*${run}` }),
    store.collection('callback-given-up', failedCallbackRecordSchema, { owner: `*${run}` }),
  ] as const;

const callback = (id: string, pk: number, nextAttemptAt: number): CallbackRecord => ({
  id,
  pk,
  url: 'https://example.com',
  body: '{}',
  attempts: 0,
  nextAttemptAt,
});

const request = fc.integer({ min: 1, max: 4 });
const act = fc.oneof(
  fc.record({ type: fc.constant('announce' as const), pk: request }),
  fc.record({ type: fc.constant('announceAsBefore' as const), pk: request }),
  fc.record({ type: fc.constant('told' as const), pk: request }),
  fc.record({ type: fc.constant('failed' as const), pk: request, wait: fc.integer({ min: 1, max: 50 }) }),
  fc.record({ type: fc.constant('givenUp' as const), pk: request }),
  fc.record({ type: fc.constant('forgotten' as const), pk: request }),
  fc.record({ type: fc.constant('later' as const), by: fc.integer({ min: 1, max: 30 }) }),
);

it('only the first of each request is due, when its time has come, whatever happened before', () => {
  let run = 0;
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      run += 1;
      const [waiting, givenUp] = collections(run);
      const queue = store.callbackQueue(waiting, givenUp);
      /** By request, in order; the time is that of the first. */
      const model = new Map<number, { id: string; at: number }[]>();
      let now = 1000;
      for (const [number, step] of acts.entries()) {
        if (step.type === 'later') now += step.by;
        else {
          const pk = run * 10 + step.pk;
          const line = model.get(pk) ?? [];
          const [first] = line;
          const stored = first && waiting.get(first.id);
          const id = `m${run}.${number}`;
          if (step.type === 'announce' || step.type === 'announceAsBefore') {
            const record = callback(id, pk, now);
            // Earlier versions gave those that wait behind another a time too.
            if (step.type === 'announceAsBefore' && line.length > 0) waiting.put(id, record);
            else queue.put(record);
            model.set(pk, [...line, { id, at: line.length === 0 ? now : 0 }]);
          } else if (step.type === 'forgotten') {
            queue.forget([pk]);
            model.delete(pk);
          } else if (stored && first) {
            if (step.type === 'failed') {
              first.at = now + step.wait;
              queue.put({ ...stored, attempts: stored.attempts + 1, nextAttemptAt: first.at });
            } else {
              if (step.type === 'told') queue.remove(first.id);
              else queue.giveUp(stored, { failure: 'HTTP 500', at: now });
              model.set(pk, line.slice(1));
            }
          }
        }
        const due = [...model.values()].flatMap(([first]) => (first && first.at <= now ? [first.id] : []));
        expect(
          queue
            .due(now, 100)
            .map(({ id }) => id)
            .sort(),
        ).toEqual(due.sort());
      }
      queue.forget(model.keys());
    }),
    { numRuns: 60 },
  );
});

it('of ten thousand that wait only those are read whose time has come, also while others are told', () => {
  const [waiting, givenUp] = collections(0);
  const queue = store.callbackQueue(waiting, givenUp);
  store.atomically(() => {
    for (let pk = 0; pk < 10_000; pk += 1) {
      queue.put(callback(`first-${pk}`, pk, 9e12 + pk));
      queue.put(callback(`second-${pk}`, pk, 1));
    }
  });
  const read = vi.spyOn(waiting, 'named');
  const list = vi.spyOn(waiting, 'list');
  queue.put(callback('live', 20_000, 5));
  expect(queue.due(10, 8).map(({ id }) => id)).toEqual(['live']);
  queue.remove('live');
  expect(queue.due(10, 8)).toEqual([]);
  queue.remove('first-77');
  expect(queue.due(10, 8).map(({ id }) => id)).toEqual(['second-77']);
  expect(read.mock.calls.flatMap(([keys]) => keys).length).toBeLessThan(10);
  expect(list).not.toHaveBeenCalled();
}, 30_000);
