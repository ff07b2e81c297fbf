import { expect, it } from 'vitest';
import type { Store } from '../store/store.ts';
import { overdueRequests } from './erase-overdue.ts';

const DAY_MS = 24 * 60 * 60_000;
const START = Date.parse('2026-01-01T00:00:00Z');

/** A store of requests that all ended at the same time. */
function storeOf(left: { count: number }, asked: number[]): Store {
  const requests = {
    async endedBefore(states: readonly string[], before: number, limit: number) {
      asked.push(before);
      const count = states.includes('signed') ? 0 : Math.min(limit, left.count);
      return Array.from({ length: count }, (_, n) => `req_${n}`);
    },
    async erase() {
      left.count -= 1;
      return true;
    },
  };
  const idPictures = { erase: async () => undefined };
  const events = { append: async () => undefined };
  const transaction = (work: (repositories: unknown) => Promise<unknown>) =>
    work({ requests, events, idPictures, log: idPictures });
  return { requests, transaction } as unknown as Store;
}

it('works through many in parts, then waits a day, and no longer where the clock was set back', async () => {
  const left = { count: 250 };
  const asked: number[] = [];
  let now = START;
  const run = overdueRequests(storeOf(left, asked), () => new Date(now), {
    unsignedDays: 30,
    signedDays: 90,
  });
  const rounds: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    await run();
    rounds.push(left.count);
  }
  expect(rounds).toEqual([150, 50, 0, 0, 0]);
  expect(asked).toEqual([1, 2, 3].flatMap(() => [START - 30 * DAY_MS, START - 90 * DAY_MS]));

  now += DAY_MS;
  await run();
  now -= 10 * DAY_MS;
  await run();
  expect(asked).toHaveLength(10);
});
