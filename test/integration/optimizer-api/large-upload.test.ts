import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from './client.ts';
import { type OptimizerProcess, startOptimizer, TRIAL } from './optimizer-process.ts';

const MIB = 1024 * 1024;
const SIZE = 1024 * MIB;
/** What a gigabyte in memory would exceed several times over. */
const GROWTH_LIMIT = 200 * MIB;

let data: string;
let optimizer: OptimizerProcess;
let client: ApiClient;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'optimizer-large-'));
  optimizer = await startOptimizer({ data, args: [...TRIAL, '--max-file', '1100'] });
  client = new ApiClient(optimizer.url);
});
afterAll(async () => {
  await optimizer?.stop();
  await rm(data, { recursive: true, force: true });
});

/** Bytes of memory of the process, and the most it ever had (Linux). */
function memory(field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${optimizer.child.pid}/status`, 'utf8');
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024;
}

/** A form with one file of `size` bytes that begins as a PDF, written as fast as it is read. */
function upload(
  path: string,
  size: number,
  stopAfter = size,
): Promise<{ http: number | undefined; body: string }> {
  const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7\n';
  const tail = '\r\n--b--\r\n';
  return new Promise((settle, fail) => {
    const call = request(
      `${client.base}${path}`,
      {
        method: 'POST',
        headers: {
          'content-type': 'multipart/form-data; boundary=b',
          'content-length': head.length + size + tail.length,
        },
      },
      async (response) => settle({ http: response.statusCode, body: await text(response) }),
    ).on('error', fail);
    const block = Buffer.alloc(MIB, 'x');
    let sent = 0;
    call.write(head);
    const next = (): void => {
      while (sent < size) {
        if (sent >= stopAfter) return void call.destroy(new Error('cut off'));
        const chunk = block.subarray(0, Math.min(MIB, size - sent));
        sent += chunk.length;
        if (!call.write(chunk)) return void call.once('drain', next);
      }
      call.end(tail);
    };
    next();
  });
}

const left = async (): Promise<string[]> => readdir(join(data, 'optimizer', 'api', 'incoming'));

describe.skipIf(process.platform !== 'linux')('an upload of a gigabyte', () => {
  it('goes to the disk: memory does not grow with it, and what cannot be signed does not stay', async () => {
    const pk = await client.request();
    const before = memory('VmRSS');
    const answer = await upload(`/document/${pk}`, SIZE);
    expect(answer.http).toBe(422);
    expect(answer.body).toContain('OSS_PDF_');
    expect(memory('VmHWM') - before).toBeLessThan(GROWTH_LIMIT);
    expect(await left()).toEqual([]);
    expect((await client.get(`/documents/${pk}`)).http).toBe(404);
    expect(await readdir(join(data, 'optimizer', 'api', 'requests', String(pk)))).toEqual([
      'identity',
      'sealed',
      'signed',
    ]);
  }, 300_000);

  it('cut off or too large, it leaves nothing behind', async () => {
    const pk = await client.request();
    await expect(upload(`/document/${pk}`, SIZE, 50 * MIB)).rejects.toThrow('cut off');
    expect(await upload('/image', 40 * MIB)).toMatchObject({ http: 413 });
    await expect.poll(left, { timeout: 30_000 }).toEqual([]);
    expect((await client.get('/hello')).http).toBe(200);
  }, 300_000);
});
