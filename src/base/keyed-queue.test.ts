import { describe, expect, it } from 'vitest';
import { KeyedQueue, SerialQueue } from './keyed-queue.ts';

/** A task that ends when the test says so. */
function heldTask<T>(value: T) {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { task: () => ended.then(() => value), end };
}

describe('a queue with keys', () => {
  it('runs tasks of one key in order and never two at once', async () => {
    const queue = new KeyedQueue();
    const log: string[] = [];
    const step = (name: string) => async () => {
      log.push(`${name} begins`);
      await Promise.resolve();
      log.push(`${name} ends`);
    };
    await Promise.all([queue.run('a', step('first')), queue.run('a', step('second'))]);
    expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });

  it('does not let one key wait for another', async () => {
    const queue = new KeyedQueue();
    const held = heldTask('slow');
    const slow = queue.run('a', held.task);
    expect(await queue.run('b', () => 'quick')).toBe('quick');
    expect([queue.isBusy('a'), queue.isBusy('b')]).toEqual([true, false]);
    held.end();
    expect(await slow).toBe('slow');
    expect(queue.isBusy('a')).toBe(false);
  });

  it('goes on after a failure, which only its own caller sees', async () => {
    const queue = new KeyedQueue();
    const failed = queue.run('a', () => Promise.reject(new Error('torn')));
    const next = queue.run('a', () => 'done');
    await expect(failed).rejects.toThrow('torn');
    expect(await next).toBe('done');
  });

  it('is settled when also what was added meanwhile has ended', async () => {
    const queue = new KeyedQueue();
    const log: string[] = [];
    void queue.run('a', async () => {
      void queue.run('a', () => log.push('added'));
      log.push('first');
    });
    await queue.settled();
    expect(log).toEqual(['first', 'added']);
  });
});

describe('a serial queue', () => {
  it('keeps the order, over failures too', async () => {
    const queue = new SerialQueue();
    const log: number[] = [];
    const runs = [1, 2, 3].map((n) =>
      queue.run(() => {
        log.push(n);
        if (n === 2) throw new Error('two');
      }),
    );
    expect((await Promise.allSettled(runs)).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    await queue.settled();
    expect(log).toEqual([1, 2, 3]);
  });
});
