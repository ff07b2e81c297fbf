import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { parentChannel } from './parent-channel.ts';

/** As Node's `process` of a program that was forked. */
class Forked extends EventEmitter {
  connected = true;

  endParent(): void {
    this.connected = false;
    this.emit('disconnect');
  }
}

const channelOf = (forked: Forked) => parentChannel(forked as unknown as NodeJS.Process);
const told = (channel: ReturnType<typeof channelOf>) =>
  new Promise<string>((resolve) => channel.onClose(() => resolve('the parent is gone')));

describe('the line to the process that forked this one', () => {
  it('tells the end of the parent', async () => {
    const forked = new Forked();
    const gone = told(channelOf(forked));
    forked.endParent();
    expect(await gone).toBe('the parent is gone');
  });

  it('tells it of a parent that ended while this process was still starting', async () => {
    const forked = new Forked();
    const channel = channelOf(forked);
    forked.endParent();
    expect(await told(channel)).toBe('the parent is gone');
  });

  it('tells nothing of a parent to a program that a person started', async () => {
    const alone = new Forked();
    alone.connected = false;
    let isTold = false;
    channelOf(alone).onClose(() => {
      isTold = true;
    });
    await Promise.resolve();
    expect(isTold).toBe(false);
  });
});
