import { describe, expect, it } from 'vitest';
import type { EmbeddedService, ServiceAddresses } from '../../optimizer/index.ts';
import { superviseService } from './supervised-service.ts';

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
  return { starts, start, until, crash: () => ends.at(-1)?.() };
}

describe('the embedded service', () => {
  it('is started again at the same addresses when it ends by itself', async () => {
    const { starts, start, until, crash } = processes();
    await superviseService({ start, pause: async () => undefined });
    crash();
    await until(2);
    crash();
    await until(3);
    expect(starts).toEqual([undefined, ready, ready]);
  });

  it('stays ended when it was told to end', async () => {
    const { starts, start } = processes();
    const service = await superviseService({ start, pause: async () => undefined });
    await service.stop();
    await service.ended;
    expect(starts).toHaveLength(1);
  });

  it('is given up after it has ended too often', async () => {
    const { starts, start, crash, until } = processes();
    const service = await superviseService({ start, pause: async () => undefined });
    for (let ended = 1; ended <= 4; ended += 1) {
      crash();
      await until(1 + ended);
    }
    crash();
    await service.ended;
    expect(starts).toHaveLength(5);
  });
});
