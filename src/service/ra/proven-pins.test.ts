import { describe, expect, it } from 'vitest';
import { OssError } from '../../contract/errors.ts';
import { pinCheck } from './proven-pins.ts';

/** An officer whose stored PIN is `right`, and every comparison that stretched one. */
function officers() {
  const stretched: string[] = [];
  const state = { now: 1000, lockedUntil: 0, right: '482913' };
  const check = pinCheck({
    store: { officers: { lockedUntil: async () => state.lockedUntil } },
    clock: () => new Date(state.now),
    check: async (_kind, _username, pin) => {
      stretched.push(pin);
      if (state.lockedUntil > state.now) throw new OssError('OSS_RATE_LIMITED');
      if (pin !== state.right) throw new OssError('OSS_CREDENTIALS_INVALID');
    },
  });
  const approve = (pin: string, session = 'one', pinHash = 'hash of the first') =>
    check({ username: 'maria', session, pinHash }, pin).then(
      () => 'taken',
      (error: OssError) => error.code,
    );
  return { stretched, state, approve };
}

describe('a PIN', () => {
  it('is stretched once for each log-in, and compared every time', async () => {
    const { stretched, approve } = officers();
    for (let n = 0; n < 5; n += 1) expect(await approve('482913')).toBe('taken');
    expect(await approve('482913', 'another')).toBe('taken');
    expect(stretched).toEqual(['482913', '482913']);
    expect(await approve('000000')).toBe('OSS_CREDENTIALS_INVALID');
    expect(await approve('482913 ')).toBe('OSS_CREDENTIALS_INVALID');
  });

  it('is stretched once for many approvals that come at once', async () => {
    const { stretched, approve } = officers();
    const outcomes = await Promise.all(Array.from({ length: 16 }, () => approve('482913')));
    expect(new Set(outcomes)).toEqual(new Set(['taken']));
    expect(stretched).toHaveLength(1);
  });

  it('is compared with the lock-out after a wrong one, whose count the next right one ends', async () => {
    const { stretched, approve } = officers();
    await approve('482913');
    await approve('111111');
    await approve('482913');
    await approve('482913');
    expect(stretched).toEqual(['482913', '111111', '482913']);
  });

  it('is not taken while the officer is locked out, proven or not', async () => {
    const { state, approve } = officers();
    await approve('482913');
    state.lockedUntil = 2000;
    expect(await approve('482913')).toBe('OSS_RATE_LIMITED');
    state.now = 2000;
    expect(await approve('482913')).toBe('taken');
  });

  it('is asked for again when another one is stored', async () => {
    const { stretched, state, approve } = officers();
    await approve('482913');
    state.right = '557711';
    expect(await approve('482913', 'one', 'hash of the second')).toBe('OSS_CREDENTIALS_INVALID');
    expect(await approve('557711', 'one', 'hash of the second')).toBe('taken');
    expect(await approve('482913', 'one', 'hash of the second')).toBe('OSS_CREDENTIALS_INVALID');
    expect(stretched).toHaveLength(4);
  });

  it('of one officer opens nothing for another log-in that claims the same hash', async () => {
    const { stretched, approve } = officers();
    await approve('482913', 'one');
    await approve('999999', 'two');
    expect(stretched).toEqual(['482913', '999999']);
  });
});
