import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { newManifest, startTestService, TestClock, type TestService } from './service-client.ts';

const DAY = 24 * 3600;

let directory: string;
let clock: TestClock;
let running: TestService;
const start = (settings: Record<string, unknown> = {}) =>
  startTestService(settings, { clock: clock.now }, directory);
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'service-retention-'));
  clock = new TestClock();
  running = await start();
});
afterEach(async () => {
  await running.close();
  await rm(directory, { recursive: true });
});

const statusOf = async (id: string): Promise<number> =>
  (await running.client.get(`/v1/requests/${id}`)).status;

async function signed(): Promise<string> {
  const { id } = await running.client.registered();
  const manifest = newManifest(1, clock.now());
  await running.client.sendOtp(id, manifest);
  const response = await running.client.sign(id, await running.client.code(id), manifest);
  expect(response.status, response.text).toBe(200);
  return id;
}

async function restart(settings: Record<string, unknown> = {}): Promise<void> {
  await running.close();
  running = await start(settings);
}

it('who a request was for is erased when its days are over, and that of a signature is kept for seven years', async () => {
  const waiting = (await running.client.registered()).id;
  const cancelled = (await running.client.registered()).id;
  await running.client.post(`/v1/requests/${cancelled}/cancel`);
  const kept = await signed();

  clock.advance(29 * DAY);
  await restart();
  const young = (await running.client.registered()).id;
  expect([await statusOf(waiting), await statusOf(kept)]).toEqual([200, 200]);

  clock.advance(2 * DAY);
  await restart();
  await vi.waitFor(async () => expect(await statusOf(waiting)).toBe(404), { timeout: 30_000 });
  await vi.waitFor(async () => expect(await statusOf(cancelled)).toBe(404), { timeout: 30_000 });
  expect([await statusOf(kept), await statusOf(young)]).toEqual([200, 200]);
});

it('the days are set by the operator; all of many go, a part at a time', async () => {
  const ids: string[] = [await signed()];
  for (let n = 0; n < 3; n += 1) ids.push((await running.client.registered()).id);
  clock.advance(3 * DAY);
  await restart({ retention: { unsignedDays: 2, signedDays: 2 } });
  for (const id of ids)
    await vi.waitFor(async () => expect(await statusOf(id)).toBe(404), { timeout: 30_000 });
});
