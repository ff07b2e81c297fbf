import { describe, expect, it } from 'vitest';
import type { EmbeddedService, ServiceAddresses } from './embedded-service.ts';
import { type SupervisionOptions, superviseService } from './supervised-service.ts';

const ready = {
  type: 'ready',
  apiUrl: 'http://127.0.0.1:4001',
  publicUrl: 'http://127.0.0.1:4002',
  mode: 'sandbox',
} as const;

/** Processes that end when the test says so. */
function processes() {
  const starts: (ServiceAddresses | undefined)[] = [];
  const ends: (() => void)[] = [];
  const start = async (inPlaceOf?: ServiceAddresses): Promise<EmbeddedService> => {
    starts.push(inPlaceOf);
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    ends.push(end);
    return { ready, ended, stop: async () => end() };
  };
  const until = (count: number) => expect.poll(() => starts.length).toBe(count);
  const pauses: number[] = [];
  let time = 0;
  const supervised: SupervisionOptions = {
    start,
    pause: async (milliseconds) => void pauses.push(milliseconds),
    now: () => time,
  };
  const passes = (milliseconds: number) => {
    time += milliseconds;
  };
  return { starts, supervised, pauses, passes, until, crash: () => ends.at(-1)?.() };
}

describe('the embedded service', () => {
  it('is started again at the same addresses when it ends by itself', async () => {
    const { starts, supervised, until, crash } = processes();
    await superviseService(supervised);
    crash();
    await until(2);
    crash();
    await until(3);
    expect(starts).toEqual([undefined, ready, ready]);
  });

  it('stays ended when it was told to end', async () => {
    const { starts, supervised } = processes();
    const service = await superviseService(supervised);
    await service.stop();
    await service.ended;
    expect(starts).toHaveLength(1);
  });

  it('that does not get well is started at longer and longer intervals, and never given up', async () => {
    const { supervised, crash, until, pauses } = processes();
    await superviseService(supervised);
    for (let ended = 1; ended <= 6; ended += 1) {
      crash();
      await until(1 + ended);
    }
    expect(pauses).toEqual([100, 1000, 5000, 15_000, 15_000, 15_000]);
  });

  it('that was well for a minute is started again at once', async () => {
    const { supervised, crash, until, pauses, passes } = processes();
    await superviseService(supervised);
    crash();
    await until(2);
    passes(60_000);
    crash();
    await until(3);
    expect(pauses).toEqual([100, 100]);
  });
});
