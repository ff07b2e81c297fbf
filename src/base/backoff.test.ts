import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backoff, isExhausted } from './backoff.ts';

const SCHEDULE = { free: 2, firstMs: 1000, longestMs: 8000 };

it('is free at first, then doubles, up to the longest pause', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7].map((failures) => backoff(SCHEDULE, failures))).toEqual([
    0, 0, 0, 1000, 2000, 4000, 8000, 8000,
  ]);
});

it('never shrinks and never passes its limit, however many failures there were', () => {
  fc.assert(
    fc.property(fc.nat(5000), (failures) => {
      const pause = backoff(SCHEDULE, failures + 1);
      expect(pause).toBeGreaterThanOrEqual(backoff(SCHEDULE, failures));
      expect(pause).toBeLessThanOrEqual(SCHEDULE.longestMs);
    }),
  );
});

it('follows its steps where it has any, and stays at the last', () => {
  const stepped = { stepsMs: [100, 5000] } as const;
  expect([0, 1, 2, 3, 4].map((failures) => backoff(stepped, failures))).toEqual([0, 100, 5000, 5000, 5000]);
  expect([0, 1, 2, 3].map((failures) => isExhausted(stepped, failures))).toEqual([false, false, false, true]);
});
