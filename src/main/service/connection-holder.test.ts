import { beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from './connection.ts';
import { ConnectionHolder } from './connection-holder.ts';

describe('the connection of the station', () => {
  let log: string[];
  let isBusy: boolean;
  let isDown: boolean;
  let holder: ConnectionHolder;

  beforeEach(() => {
    log = [];
    [isBusy, isDown] = [false, false];
    let count = 0;
    holder = new ConnectionHolder({
      async open() {
        count += 1;
        const name = `connection ${count}`;
        if (isDown) throw new Error('away');
        log.push(`open ${name}`);
        const close = async () => {
          await new Promise((resolve) => setTimeout(resolve, 5));
          log.push(`closed ${name}`);
        };
        return { profile: name, close } as Connection;
      },
      isBusy: () => isBusy,
      onChange: () => log.push('changed'),
      onFailure: (error) => log.push(`failed: ${(error as Error).message}`),
    });
  });

  it('is opened once, at the first need', async () => {
    const [one, two] = await Promise.all([holder.get(), holder.get()]);
    expect(one).toBe(two);
    expect(log).toEqual(['open connection 1', 'changed']);
  });

  it('is tried again after a failure', async () => {
    isDown = true;
    await expect(holder.get()).rejects.toThrow('away');
    isDown = false;
    expect((await holder.get()).profile).toBe('connection 2');
  });

  it('is exchanged at once when nothing is done with it: the old one is closed before the new one opens', async () => {
    await holder.get();
    holder.renew();
    expect(holder.isWaiting).toBe(false);
    expect((await holder.get()).profile).toBe('connection 2');
    expect(log).toEqual([
      'open connection 1',
      'changed',
      'changed',
      'closed connection 1',
      'open connection 2',
      'changed',
    ]);
  });

  it('is tried again when settings changed after a failure, and says when that fails too', async () => {
    isDown = true;
    holder.renew();
    await expect.poll(() => log).toContain('failed: away');
    isDown = false;
    holder.renew();
    await expect.poll(() => holder.opened?.profile).toBe('connection 2');
  });

  it('is exchanged while it is still being opened', async () => {
    const first = holder.get();
    holder.renew();
    await first;
    expect(holder.opened).toBeUndefined();
    expect((await holder.get()).profile).toBe('connection 2');
    expect(holder.opened?.profile).toBe('connection 2');
  });

  it('is kept while somebody works with it, and exchanged when they have ended', async () => {
    await holder.get();
    isBusy = true;
    holder.renew();
    expect(holder.isWaiting).toBe(true);
    expect((await holder.get()).profile).toBe('connection 1');
    holder.settle();
    expect(holder.isWaiting).toBe(true);
    isBusy = false;
    holder.settle();
    expect(holder.isWaiting).toBe(false);
    expect((await holder.get()).profile).toBe('connection 2');
    await holder.close();
    expect(log.filter((line) => line.startsWith('closed'))).toEqual([
      'closed connection 1',
      'closed connection 2',
    ]);
  });

  it('opens nothing more once it was closed', async () => {
    await holder.get();
    const end = holder.close();
    await expect(holder.get()).rejects.toMatchObject({ code: 'OSS_STOPPED' });
    await end;
    expect(log).toEqual(['open connection 1', 'changed', 'closed connection 1']);
  });
});
