import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitText } from './text-layout.ts';

/** Every character half as wide as the text is high. */
const metrics = { ascent: 0.9, descent: -0.2, widthOf: (text: string) => text.length / 2 };
const box = (width: number, height: number) => ({ x: 0, y: 0, width, height });

describe('text in a box', () => {
  it('prefers a smaller size to a broken word', () => {
    expect(fitText(['Müller-Lüdenscheidt'], metrics, box(70, 40)).lines).toEqual([
      { text: 'Müller-Lüdenscheidt', paragraph: 0 },
    ]);
  });

  it('breaks a word only where small print would not show it either', () => {
    const { lines } = fitText(['x'.repeat(60)], metrics, box(50, 60));
    expect(lines.map(({ text }) => text).join('')).toBe('x'.repeat(60));
  });

  it('never leaves the box and never loses a word', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        words,
        fc.integer({ min: 60, max: 300 }),
        fc.integer({ min: 60, max: 200 }),
        (list, width, height) => {
          const { lines, size, leading } = fitText([list.join(' ')], metrics, box(width, height));
          for (const { text } of lines) expect(metrics.widthOf(text) * size).toBeLessThanOrEqual(width);
          expect(leading * (lines.length - 1) + 1.1 * size).toBeLessThanOrEqual(height + 1e-9);
          expect(lines.map(({ text }) => text.replaceAll(' ', '')).join('')).toBe(list.join(''));
        },
      ),
    );
  });
});
