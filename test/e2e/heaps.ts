import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';

/** Everything that a program still reaches, as text: strings and names of objects (V8's heap snapshot). */
export async function heapOfMain(app: ElectronApplication): Promise<string> {
  const path = join(tmpdir(), `main-${randomUUID()}.heapsnapshot`);
  try {
    await app.evaluate((_, target) => {
      process.getBuiltinModule('node:v8').writeHeapSnapshot(target);
    }, path);
    return await readFile(path, 'utf8');
  } finally {
    await rm(path, { force: true });
  }
}

export async function heapOfPage(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const parts: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => parts.push(chunk));
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return parts.join('');
}

/** Bytes that main reaches, those outside its heap among them, after what nobody reaches has gone. */
export const bytesOfMain = (app: ElectronApplication): Promise<number> =>
  app.evaluate(() => {
    process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
    const collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void;
    for (let round = 0; round < 4; round += 1) collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  });

export async function bytesOfPage(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  for (let round = 0; round < 4; round += 1) await session.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize = 0 } = (await session.send('Runtime.getHeapUsage')) as {
    usedSize: number;
    backingStorageSize?: number;
  };
  await session.detach();
  return usedSize + backingStorageSize;
}
