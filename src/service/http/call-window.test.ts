import { expect, it } from 'vitest';
import { CallWindow } from './call-window.ts';

let now = 0;
const monotonic = () => now;

it('counts each caller for a minute from the first call, and says how long the rest of it is', () => {
  const calls = new CallWindow(2, monotonic);
  expect([calls.take('a'), calls.take('a'), calls.take('b')]).toEqual([undefined, undefined, undefined]);
  now += 20_000;
  expect([calls.take('a'), calls.take('a'), calls.take('b')]).toEqual([40_000, 40_000, undefined]);
  now += 40_000;
  expect(calls.take('a')).toBe(undefined);
});

it('takes back what was none of these calls, and never more than was counted', () => {
  const calls = new CallWindow(1, monotonic);
  calls.giveBack('a');
  expect(calls.take('a')).toBe(undefined);
  expect(calls.take('a')).toBeGreaterThan(0);
  calls.giveBack('a');
  expect(calls.take('a')).toBe(undefined);
  expect(calls.take('a')).toBeGreaterThan(0);
});

it('remembers a bounded number of callers, however many there are', () => {
  const calls = new CallWindow(1, monotonic);
  calls.take('first');
  for (let caller = 0; caller < 49_999; caller += 1) calls.take(`caller ${caller}`);
  expect(calls.take('first')).toBeGreaterThan(0);
  calls.take('one more');
  expect(calls.take('first')).toBe(undefined);
});
