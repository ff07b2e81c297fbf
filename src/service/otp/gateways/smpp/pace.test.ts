import { describe, expect, it } from 'vitest';
import { createPace } from './pace.ts';

const monotonic = (): number => performance.now();

describe('the pace of a session', () => {
  it('lets no more in than the window, and the next when one has left', async () => {
    const pace = createPace({ window: 2, perSecond: 1000, monotonic });
    const first = await pace.enter(monotonic() + 1000);
    await pace.enter(monotonic() + 1000);
    let third = false;
    const waiting = pace.enter(monotonic() + 5000).then((leave) => {
      third = leave !== undefined;
    });
    expect(await pace.enter(monotonic() + 30)).toBeUndefined();
    expect(third).toBe(false);
    first?.();
    first?.();
    await waiting;
    expect(third).toBe(true);
  });

  it('hands out so many a second, and none during a pause', async () => {
    const pace = createPace({ window: 100, perSecond: 50, monotonic });
    const begun = monotonic();
    for (let n = 0; n < 11; n++) await pace.enter(begun + 5000);
    expect(monotonic() - begun).toBeGreaterThan(180);
    pace.pause(150);
    const paused = monotonic();
    await pace.enter(paused + 5000);
    expect(monotonic() - paused).toBeGreaterThan(140);
  });
});
