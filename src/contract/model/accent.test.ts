import { expect, it } from 'vitest';
import { contrast, reachOfAccent } from './accent.ts';

it('measures contrast as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

it('tells where an accent can be read', () => {
  expect(reachOfAccent('#0f4c81')).toBe('everywhere');
  expect(reachOfAccent('#d6001c')).toBe('clerk-only');
  expect(reachOfAccent('#ffcc00')).toBe('nowhere');
});
