import { expect, it } from 'vitest';
import { StatementNames } from './statement-names.ts';

it('names a statement when it comes for the second time, always alike, and no two alike', () => {
  const names = new StatementNames();
  expect([names.nameOf('select 1'), names.nameOf('select 2')]).toEqual([undefined, undefined]);
  const first = names.nameOf('select 1');
  expect(first).toMatch(/^oneshot_\d+$/);
  expect(names.nameOf('select 1')).toBe(first);
  expect(names.nameOf('select 2')).not.toBe(first);
});

it('gives other names after a migration', () => {
  const names = new StatementNames();
  names.nameOf('select 1');
  const before = names.nameOf('select 1');
  names.renew();
  names.nameOf('select 1');
  expect(names.nameOf('select 1')).not.toBe(before);
});

it('keeps a bounded number of texts', () => {
  const names = new StatementNames();
  for (let n = 0; n < 1000; n += 1) names.nameOf(`select ${n}`);
  for (let n = 0; n < 2; n += 1) names.nameOf('select late');
  expect(names.nameOf('select late')).toBe(undefined);
  expect(names.nameOf('select 3')).toMatch(/^oneshot/);
});
