import { describe, expect, it } from 'vitest';
import { DeskPin } from './desk-pin.ts';

const wrong = { code: 'OSS_CREDENTIALS_INVALID', details: { reason: 'PIN' } };
const tooSoon = { code: 'OSS_RATE_LIMITED' };

describe('the PIN of a turned screen', () => {
  it('opens with the right digits only, and with none before it is set', async () => {
    const pin = new DeskPin();
    await expect(pin.check('2468')).rejects.toMatchObject(wrong);
    expect(pin.isSet).toBe(false);
    await pin.set('2468');
    expect(pin.isSet).toBe(true);
    await expect(pin.check('2469')).rejects.toMatchObject(wrong);
    await pin.check('2468');
  });

  it('makes a guesser wait longer each time, right digits included', async () => {
    let now = 0;
    const pin = new DeskPin(() => now);
    await pin.set('2468');
    for (let tries = 0; tries < 3; tries++) await expect(pin.check('0000')).rejects.toMatchObject(wrong);
    await expect(pin.check('2468')).rejects.toMatchObject(tooSoon);
    now += 1000;
    await expect(pin.check('0000')).rejects.toMatchObject(wrong);
    now += 1000;
    await expect(pin.check('2468')).rejects.toMatchObject(tooSoon);
    now += 1000;
    await pin.check('2468');
  });

  it('gives many tries at once no more than one after the other', async () => {
    const pin = new DeskPin(() => 0);
    await pin.set('2468');
    const guesses = ['0000', '0001', '0002', '0003', '2468'].map((guess) =>
      pin.check(guess).then(
        () => 'opened',
        ({ code }: { code: string }) => code,
      ),
    );
    const outcomes = await Promise.all(guesses);
    expect(outcomes.slice(3)).toEqual(['OSS_RATE_LIMITED', 'OSS_RATE_LIMITED']);
  });
});
