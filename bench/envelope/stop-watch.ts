/** Where the time goes: steps, and apart from them the waiting until the disk has what was written. */
import { open } from 'node:fs/promises';

interface Flushes {
  datasync(): Promise<void>;
}

export class StopWatch {
  /** Milliseconds by step, without flushing. */
  readonly parts: Record<string, number> = {};
  flushed = 0;

  /** Every flush of the product is real; from now on each is timed. */
  async watchFlushes(anyFile: string): Promise<() => void> {
    const file = await open(anyFile, 'r');
    const handles: Flushes = Object.getPrototypeOf(file);
    await file.close();
    const genuine = handles.datasync;
    const watch = this;
    handles.datasync = async function (this: Flushes): Promise<void> {
      const start = performance.now();
      await genuine.call(this);
      watch.flushed += performance.now() - start;
    };
    return () => {
      handles.datasync = genuine;
    };
  }

  async time<T>(step: string, work: () => T | Promise<T>): Promise<T> {
    const [start, flushed] = [performance.now(), this.flushed];
    const result = await work();
    const spent = performance.now() - start - (this.flushed - flushed);
    this.parts[step] = (this.parts[step] ?? 0) + spent;
    return result;
  }
}
