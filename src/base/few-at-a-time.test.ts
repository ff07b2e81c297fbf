import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fewAtATime } from './few-at-a-time.ts';

describe('a few at a time', () => {
  it('never runs more than it may, and answers in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(5)), fc.integer({ min: 1, max: 8 }), async (items, atOnce) => {
        let running = 0;
        let most = 0;
        const results = await fewAtATime(
          items,
          async (item) => {
            running += 1;
            most = Math.max(most, running);
            for (let turn = 0; turn < item; turn++) await Promise.resolve();
            running -= 1;
            return item * 2;
          },
          atOnce,
        );
        expect(results).toEqual(items.map((item) => item * 2));
        expect(most).toBeLessThanOrEqual(atOnce);
      }),
    );
  });

  it('fails with the first failure and begins nothing more', async () => {
    const begun: number[] = [];
    const failing = fewAtATime(
      [1, 2, 3, 4],
      async (item) => {
        begun.push(item);
        if (item === 2) throw new Error('full');
      },
      1,
    );
    await expect(failing).rejects.toThrow('full');
    expect(begun).toEqual([1, 2]);
  });
});
