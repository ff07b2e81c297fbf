import { expect, it } from 'vitest';
import { contrast, isUsableAccent } from './theme.ts';

it('measures contrast as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

it('refuses an accent that some could not read', () => {
  expect(isUsableAccent('#0f4c81')).toBe(true);
  expect(isUsableAccent('#ffcc00')).toBe(false);
});
