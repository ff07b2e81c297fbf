/** Where the time goes. */
import { open } from 'node:fs/promises';

/** Milliseconds by step, flushing included. */
export class StopWatch {
  readonly parts: Record<string, number> = {};

  async time<T>(step: string, work: () => T | Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await work();
    this.parts[step] = (this.parts[step] ?? 0) + performance.now() - start;
    return result;
  }
}

/** Every flush of the product is real; here they are only timed. */
export async function timeFlushing(anyFile: string): Promise<{ stop(): number }> {
  const file = await open(anyFile, 'r');
  const handles = Object.getPrototypeOf(file) as { datasync(): Promise<void> };
  await file.close();
  const genuine = handles.datasync;
  let ms = 0;
  handles.datasync = async function (): Promise<void> {
    const start = performance.now();
    await genuine.call(this);
    ms += performance.now() - start;
  };
  return {
    stop() {
      handles.datasync = genuine;
      return ms;
    },
  };
}
