import { expect, it } from 'vitest';
import { parsePdfDate } from './date.ts';

it.each([
  ['D:20261125041500Z', '2026-11-25T04:15:00.000Z'],
  ["D:20261125041500+01'00'", '2026-11-25T03:15:00.000Z'],
  ["D:20261125041500-0530'", '2026-11-25T09:45:00.000Z'],
  ["D:20261125041500Z00'00'", '2026-11-25T04:15:00.000Z'],
  ['D:202611', '2026-11-01T00:00:00.000Z'],
  ['D:2026', '2026-01-01T00:00:00.000Z'],
])('%s is %s', (text, instant) => expect(parsePdfDate(text)?.toISOString()).toBe(instant));

it.each(['', 'yesterday', 'D:20261325000000Z', '20261125041500Z'])('"%s" is no date', (text) =>
  expect(parsePdfDate(text)).toBeUndefined(),
);
