import { expect, it } from 'vitest';
import { believedTime } from './believed-time.ts';

const now = new Date('2026-06-01T12:00:00Z');
const off = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

it.each([-15, -1, 0, 1, 15])('a clock that is off by %i minutes is believed', (minutes) => {
  expect(believedTime(off(minutes), now)).toEqual(off(minutes));
});

it.each([-60 * 24 * 3650, -16, 16, 60 * 24 * 3650])('one that is off by %i minutes is not', (minutes) => {
  expect(() => believedTime(off(minutes), now)).toThrow(
    expect.objectContaining({ code: 'OSS_SIGNING_CLOCK_SKEW' }),
  );
});
