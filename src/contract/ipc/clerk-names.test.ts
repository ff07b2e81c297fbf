import { expect, it } from 'vitest';
import { CLERK_NAMES } from './clerk-names.ts';
import { CLERK_GROUPS } from './index.ts';

it('names every call and every event of the groups, and nothing else', () => {
  const { station: _, ...later } = CLERK_GROUPS;
  const named = Object.entries(later).map(([key, { name, calls, events }]) => [
    key,
    { name, calls: Object.keys(calls).sort(), events: Object.keys(events).sort() },
  ]);
  const listed = Object.entries(CLERK_NAMES).map(([key, { name, calls, events }]) => [
    key,
    { name, calls: [...calls].sort(), events: [...events].sort() },
  ]);
  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(named));
});
