import { expect, it } from 'vitest';
import { accentContrast, contrast, reachOfAccent } from './accent-contrast.ts';

it('measures contrast as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

it('tells where an accent can be read', () => {
  expect(reachOfAccent('#0f4c81')).toBe('everywhere');
  expect(reachOfAccent('#b5121b')).toBe('clerk-only');
  expect(reachOfAccent('#ffcc00')).toBe('nowhere');
});

it('counts the tint under the pointer too, where white alone would do', () => {
  expect(contrast('#d6001c', '#ffffff')).toBeGreaterThan(4.5);
  expect(accentContrast('#d6001c')).toBeLessThan(contrast('#d6001c', '#ffffff'));
  expect(reachOfAccent('#e4001f')).toBe('nowhere');
});
