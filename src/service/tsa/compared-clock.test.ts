import { describe, expect, it } from 'vitest';
import { OssError } from '../../contract/errors.ts';
import { ComparedClock } from './compared-clock.ts';
import { readTracking } from './references/chrony-clock.ts';
import { databaseClock } from './references/database-clock.ts';
import type { ClockReading } from './references/port.ts';

/** Clocks that say what a test lets them, asked once a second. */
function clocks(...names: readonly string[]) {
  const readings = new Map<string, ClockReading | Error>(names.map((name) => [name, { ahead: 0, bound: 5 }]));
  const told: (string | undefined)[] = [];
  let asked = 0;
  let now = 0;
  const clock = new ComparedClock({
    references: names.map((name) => ({
      name,
      async read() {
        asked += 1;
        const reading = readings.get(name);
        if (reading === undefined || reading instanceof Error) throw reading;
        return reading;
      },
    })),
    ...{ monotonic: () => now, tolerance: 1000, lifetime: 300_000, interval: 60_000 },
    onChange: (reason) => told.push(reason),
  });
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      now += 1000;
      await clock.observe();
    }
  };
  const isTrusted = () => {
    try {
      clock.assertTrusted();
      return true;
    } catch (error) {
      if (error instanceof OssError && error.code === 'OSS_TIME_NOT_AVAILABLE') return false;
      throw error;
    }
  };
  return { readings, told, pass, isTrusted, asked: () => asked };
}

describe('a clock that others have to confirm', () => {
  it('is trusted by itself where there is no other', () => {
    expect(clocks().isTrusted()).toBe(true);
  });

  it('is not trusted before the first of them has answered', async () => {
    const { isTrusted, pass } = clocks('database');
    expect(isTrusted()).toBe(false);
    await pass(1);
    expect(isTrusted()).toBe(true);
  });

  it('is asked about every minute, and every five seconds while it cannot be trusted', async () => {
    const { readings, pass, asked } = clocks('database');
    await pass(121);
    expect(asked()).toBe(3);
    readings.set('database', { ahead: 5000, bound: 5 });
    await pass(60);
    const before = asked();
    await pass(60);
    expect(asked() - before).toBe(12);
  });

  it.each([5000, -5000])(
    'is not trusted %i ms away from one of them, and again when it is right',
    async (ahead) => {
      const { readings, told, pass, isTrusted } = clocks('database', 'chrony');
      await pass(1);
      readings.set('chrony', { ahead, bound: 20 });
      await pass(60);
      expect(isTrusted()).toBe(false);
      readings.set('chrony', { ahead: 10, bound: 20 });
      await pass(5);
      expect(isTrusted()).toBe(true);
      expect(told).toEqual(['the clock is not that of chrony', undefined]);
    },
  );

  it('is trusted for a while when nobody can be asked, then no longer, then again', async () => {
    const { readings, pass, isTrusted, told } = clocks('tsa.example');
    await pass(1);
    readings.set('tsa.example', new Error('unreachable'));
    await pass(299);
    expect(isTrusted()).toBe(true);
    await pass(2);
    expect(isTrusted()).toBe(false);
    readings.set('tsa.example', { ahead: 300, bound: 1500 });
    await pass(60);
    expect(isTrusted()).toBe(true);
    expect(told).toEqual(['no other clock has confirmed the time', undefined]);
  });

  it('is confirmed by one of several while others are away', async () => {
    const { readings, pass, isTrusted } = clocks('a', 'b');
    readings.set('b', new Error('unreachable'));
    await pass(1000);
    expect(isTrusted()).toBe(true);
  });

  it('is neither contradicted nor confirmed by one that knows nothing', async () => {
    const { readings, pass, isTrusted } = clocks('a');
    readings.set('a', { ahead: 9000, bound: 60_000 });
    await pass(10);
    expect(isTrusted()).toBe(false);
    readings.set('a', { ahead: 0, bound: 60_000 });
    await pass(10);
    expect(isTrusted()).toBe(false);
  });
});

describe('the clock of a database', () => {
  it('is read within half of the shortest round trip', async () => {
    let [wall, elapsed] = [Date.parse('2026-06-01T10:00:00Z'), 0];
    const trips = [400, 20, 300];
    const { ahead, bound } = await databaseClock({
      clock: () => new Date(wall),
      monotonic: () => elapsed,
      async readClock() {
        const trip = trips.shift() ?? 0;
        wall += trip;
        elapsed += trip;
        return wall - trip / 2 - 1500;
      },
    }).read();
    expect([ahead, bound]).toEqual([1500, 10]);
  });
});

describe('what chrony says', () => {
  const line = (correction: string, status: string) =>
    `C0A80101,192.168.1.1,3,1748772000.1,${correction},-0.000001,0.000005,-7.1,0.001,0.02,0.010,0.004,64.2,${status}`;

  it('is how far the clock is off, within half of the root delay and the dispersion', () => {
    expect(readTracking(line('0.000120', 'Normal'))).toEqual({
      ahead: expect.closeTo(0.12),
      bound: expect.closeTo(9),
    });
    expect(readTracking(`${line('-2.5', 'Insert second')}\n`).ahead).toBe(-2500);
  });

  it.each([line('0.0', 'Not synchronised'), '', 'no daemon', line('x', 'Normal')])(
    'is nothing in %j',
    (text) => {
      expect(() => readTracking(text)).toThrow();
    },
  );
});
