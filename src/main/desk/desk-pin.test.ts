import { describe, expect, it } from 'vitest';
import { DeskPin } from './desk-pin.ts';

describe('the PIN of a turned screen', () => {
  it('opens with the right digits only, and with none before it is set', () => {
    const pin = new DeskPin();
    expect(() => pin.check('2468')).toThrow(/PIN/);
    pin.set('2468');
    expect(() => pin.check('2469')).toThrow(/PIN/);
    expect(() => pin.check('2468')).not.toThrow();
  });

  it('makes a guesser wait longer each time, right digits included', () => {
    let now = 0;
    const pin = new DeskPin(() => now);
    pin.set('2468');
    for (let tries = 0; tries < 3; tries++) expect(() => pin.check('0000')).toThrow(/PIN/);
    expect(() => pin.check('2468')).toThrow(expect.objectContaining({ code: 'OSS_RATE_LIMITED' }));
    now += 1000;
    expect(() => pin.check('0000')).toThrow(/PIN/);
    now += 1000;
    expect(() => pin.check('2468')).toThrow(expect.objectContaining({ code: 'OSS_RATE_LIMITED' }));
    now += 1000;
    expect(() => pin.check('2468')).not.toThrow();
  });
});
