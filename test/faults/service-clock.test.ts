/** The clock of the service is set, by a person or by a machine that woke up, while somebody signs. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newManifest, startTestService, TestClock, type TestService } from '../integration/service-client.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** Longer than the clocks have to agree again. */
const SETTLED = 10;

let clock: TestClock;
let waitedMs: number;
let running: TestService;

beforeEach(async () => {
  clock = new TestClock();
  waitedMs = 0;
  running = await startTestService(
    { otp: { fixedCode: '000000' } },
    { clock: clock.now, monotonic: () => performance.now() + waitedMs },
  );
});
afterEach(() => running.close());

/** Time goes by, on both clocks. */
function settle(): void {
  clock.advance(SETTLED);
  waitedMs += SETTLED * 1000;
}

const ready = async (): Promise<unknown> => (await running.client.get('/ready')).body.checks.clock;

const messagesOf = async (id: string): Promise<unknown[]> =>
  (await running.client.get(`/v1/sandbox/outbox?request=${id}`)).body.messages;

describe.each([
  ['an hour', HOUR],
  // The certificate of a signature begins a little before its claimed time.
  ['hardly before the beginning of its authorities', 5 * MINUTE - 10],
])('a clock that is set back by %s', (_, seconds) => {
  it('sends no code, says so, and is right again by itself', async () => {
    const { client } = running;
    const { id } = await client.registered();
    clock.advance(-seconds);
    const refused = await client.sendOtp(id, newManifest(1, clock.now()));
    expect([refused.status, refused.body.error.code]).toEqual([503, 'OSS_TIME_NOT_AVAILABLE']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await messagesOf(id)).toEqual([]);
    await expect.poll(ready).toBe('failed');

    clock.advance(seconds);
    const manifest = newManifest(1, clock.now());
    await expect.poll(async () => (await client.sendOtp(id, manifest)).status).toBe(200);
    settle();
    expect((await client.sign(id, '000000', manifest)).status).toBe(200);
    await expect.poll(ready).toBe('ok');
  });

  it('uses up no code that was sent before', async () => {
    const { client } = running;
    const { id } = await client.registered();
    const manifest = newManifest(1, clock.now());
    expect((await client.sendOtp(id, manifest)).status).toBe(200);
    clock.advance(-seconds);
    const earlier = newManifest(1, clock.now());
    const refused = await client.sign(id, '000000', earlier);
    expect([refused.status, refused.body.error.code]).toEqual([503, 'OSS_TIME_NOT_AVAILABLE']);
    settle();
    const settled = await client.sign(id, '000000', earlier);
    expect([settled.status, settled.body.error.code]).toEqual([503, 'OSS_TIME_NOT_AVAILABLE']);

    clock.advance(seconds);
    expect((await client.sign(id, '000000', manifest)).status).toBe(503);
    settle();
    expect((await client.sign(id, '000000', manifest)).status).toBe(200);
  });
});

it('a clock behind a time that was certified sends no code', async () => {
  const { client } = running;
  clock.advance(HOUR);
  await client.login();
  const first = await client.registered();
  const manifest = newManifest(1, clock.now());
  expect((await client.sendOtp(first.id, manifest)).status).toBe(200);
  expect((await client.sign(first.id, '000000', manifest)).status).toBe(503);
  settle();
  expect((await client.sign(first.id, '000000', manifest)).status).toBe(200);
  const { id } = await client.registered();
  clock.advance(-MINUTE);
  const refused = await client.sendOtp(id, newManifest(1, clock.now()));
  expect([refused.status, refused.body.error.code]).toEqual([503, 'OSS_TIME_NOT_AVAILABLE']);
  expect(await messagesOf(id)).toEqual([]);
});

it('a certificate that would outlive its authorities is refused before a code is sent', async () => {
  const { client } = running;
  clock.advance(100 * 365 * 24 * HOUR);
  await client.login();
  const { id } = await client.registered();
  const refused = await client.sendOtp(id, newManifest(1, clock.now()));
  expect([refused.status, refused.body.error.code]).toEqual([500, 'OSS_CERTIFICATE_LINT']);
  expect(await messagesOf(id)).toEqual([]);
});
