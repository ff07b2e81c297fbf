import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { NotTaken, type SmsGateway } from '../../src/service/otp/gateways/port.ts';
import { type HttpsDouble, startHttpsDouble } from '../support/https-double.ts';
import { newIdentity, newManifest, startTestService, TestClock, type TestService } from './service-client.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(settings: Record<string, unknown> = {}, ports = {}): Promise<TestService> {
  const running = await startTestService(settings, ports);
  closing.push(() => running.close());
  return running;
}

const gateway = (send: SmsGateway['send']): SmsGateway => ({ name: 'test', sandboxOnly: true, send });

async function sendCode({ client }: TestService, change: Record<string, unknown> = {}, now = new Date()) {
  const { id } = await client.registered(change);
  const manifest = newManifest(1, now);
  const sent = await client.sendOtp(id, manifest);
  const { body: delivery } = await client.get(`/v1/requests/${id}/delivery`);
  return { id, manifest, sent, delivery };
}

describe('a message', () => {
  it('to the simulated phone is there at once', async () => {
    const { delivery, sent } = await sendCode(await start());
    expect(sent.body.channel).toBe('sms');
    expect(delivery).toMatchObject({ state: 'delivered', channel: 'sms' });
    expect(Date.now() - Date.parse(delivery.at)).toBeLessThan(10_000);
  });

  it.each([
    ['refused', new NotTaken('no'), 'failed', 'gateway'],
    ['lost on the way', new Error('ECONNRESET'), 'unknown', 'unknown'],
  ])('that is %s voids its code; the request takes another one', async (_what, error, state, reason) => {
    const codes: string[] = [];
    let failing = true;
    const clock = new TestClock();
    const send: SmsGateway['send'] = async ({ code = '' }) => {
      codes.push(code);
      if (failing) throw error;
      return { reference: 'r' };
    };
    const running = await start({}, { sms: gateway(send), clock: clock.now });
    const { id, manifest, sent, delivery } = await sendCode(running, {}, clock.now());
    expect([sent.status, sent.body.error.code, sent.body.error.details]).toEqual([
      502,
      'OSS_OTP_DELIVERY_FAILED',
      { reason },
    ]);
    expect(delivery.state).toBe(state);
    expect(await running.client.state(id)).toBe('approved');
    // The phone may have rung all the same: its code opens nothing.
    const { body } = await running.client.sign(id, codes[0] as string, manifest);
    expect(body.error.code).toBe('OSS_OTP_REFUSED');
    expect(codes).toHaveLength(1);
    failing = false;
    clock.advance(61);
    expect((await running.client.sendOtp(id, manifest)).status).toBe(200);
    expect((await running.client.sign(id, codes[1] as string, manifest)).status).toBe(200);
  });
});

describe('receipts of a vendor', () => {
  let double: HttpsDouble;
  const withVendor = async () => {
    double = await startHttpsDouble(['127.0.0.1']);
    closing.push(() => double.stop());
    const folder = join(double.caFile, '..');
    const port = double.origin.split(':').at(-1);
    const value = (name: string) => ['$', '{', name, '}'].join('');
    const template = {
      ...{ format: 1, name: 'vendor' },
      request: {
        url: `https://127.0.0.1:${port}/send`,
        auth: { bearer: value('secret:token') },
        json: { to: value('to'), text: value('text'), report: value('receiptUrl') },
      },
      success: { status: [200], id: 'id' },
      receipt: { body: 'json', id: 'id', state: 'state', delivered: ['ok'], failed: ['no'] },
    };
    await writeFile(join(folder, 'template.json'), JSON.stringify(template));
    await writeFile(join(folder, 'token'), 'vendor-token');
    return {
      ...{ type: 'http', name: 'vendor', templateFile: join(folder, 'template.json'), from: 'Bank' },
      caFile: double.caFile,
      secrets: { token: { from: 'file', path: join(folder, 'token') } },
    };
  };
  const report = (url: string, body: unknown) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('move the state of the message, once, and only at the address that nobody can guess', async () => {
    const running = await start({ sms: await withVendor() });
    double.respondWith({ status: 200, body: { id: 'v-1' } });
    const { id, delivery } = await sendCode(running);
    expect(delivery).toMatchObject({ state: 'accepted' });
    const call = JSON.parse(double.seen[0]?.body ?? '{}') as { report: string };
    expect(double.seen[0]?.authorization).toBe('Bearer vendor-token');
    const { publicUrl } = running.service.ready;
    expect(call.report).toMatch(new RegExp(`^${publicUrl}/receipts/vendor/[\\w-]{43}$`));
    const state = async () => (await running.client.get(`/v1/requests/${id}/delivery`)).body.state;
    const guessed = call.report.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    for (const wrong of [guessed, `${publicUrl}/receipts/vendor/`, `${publicUrl}/receipts/other/x`]) {
      expect((await report(wrong, { id: 'v-1', state: 'ok' })).status).toBe(404);
    }
    expect(await state()).toBe('accepted');
    expect((await report(call.report, { id: 'v-1', state: 'ok' })).status).toBe(200);
    expect(await state()).toBe('delivered');
    // The vendor repeats itself, and contradicts itself: the first word holds.
    await report(call.report, { id: 'v-1', state: 'no' });
    expect(await state()).toBe('delivered');
    const { events } = (await running.client.get(`/v1/requests/${id}/events`)).body;
    const types = events.map(({ type }: { type: string }) => type);
    expect(types.filter((type: string) => type === 'otp.receipt')).toHaveLength(1);
  });

  it('that overtake the answer find their message', async () => {
    const running = await start({ sms: await withVendor() });
    const { client } = running;
    double.respondWith({ status: 200, body: { id: 'v-0' } });
    await sendCode(running);
    const { report: url } = JSON.parse(double.seen[0]?.body ?? '{}') as { report: string };
    await report(url, { id: 'v-2', state: 'ok' });
    double.respondWith({ status: 200, body: { id: 'v-2' } });
    const { id } = await client.registered();
    await client.sendOtp(id, newManifest());
    expect((await client.get(`/v1/requests/${id}/delivery`)).body.state).toBe('delivered');
  });
});

describe('a day', () => {
  it('of a registration authority has its number of messages, anyone who they are for', async () => {
    const clock = new TestClock();
    const running = await start(
      { otp: { messagesPerRegistrationAuthorityPerDay: 3 }, tokenLifetimeMinutes: 480 },
      { clock: clock.now },
    );
    for (let sent = 0; sent < 3; sent++) {
      expect((await sendCode(running, {}, clock.now())).sent.status).toBe(200);
    }
    const { sent } = await sendCode(running, {}, clock.now());
    expect([sent.status, sent.body.error.code]).toEqual([429, 'OSS_OTP_LIMIT']);
    expect(sent.body.error.details).toMatchObject({ scope: 'registrationAuthority', codes: 3 });
    expect(running.service.metrics.samples().map(({ name }) => name)).toContain(
      'oneshot_messages_over_quota_total',
    );
  });

  it('of the service does not count what another limit refuses', async () => {
    const clock = new TestClock();
    const running = await start({ otp: { messagesPerDay: 2 } }, { clock: clock.now });
    const { id, manifest } = await sendCode(running, {}, clock.now());
    for (let n = 0; n < 3; n++)
      expect((await running.client.sendOtp(id, manifest)).body.error.code).toBe('OSS_OTP_TOO_SOON');
    expect((await sendCode(running, {}, clock.now())).sent.status).toBe(200);
    expect((await sendCode(running, {}, clock.now())).sent.body.error.details.scope).toBe('service');
  });
});

describe('the channel of a profile', () => {
  const profile = {
    ...{ id: 'by-mail', description: 'd', keyAlgorithm: 'ecdsa-p256', validityMinutes: 15 },
    ...{ maxManifestAgeSeconds: 720, channel: 'email' },
  };

  it('brings the code there, says so, and masks the address', async () => {
    const running = await start({ profiles: [profile], email: { type: 'outbox' } });
    const identity = newIdentity({ email: 'zoe@example.com' });
    const { id, sent, delivery } = await sendCode(running, { profile: 'by-mail', identity });
    expect(sent.body).toMatchObject({ channel: 'email', maskedPhone: 'z••@example.com' });
    expect(delivery.channel).toBe('email');
    const [message] = (await running.client.get(`/v1/sandbox/outbox?request=${id}`)).body.messages;
    expect(message.to).toBe('zoe@example.com');
    const { events } = (await running.client.get(`/v1/requests/${id}/events`)).body;
    const delivered = events.find(({ type }: { type: string }) => type === 'otp.delivered');
    expect(delivered.data).toMatchObject({ channel: 'email', gateway: 'outbox' });
  });

  it('without a gateway is refused at start', async () => {
    await expect(start({ profiles: [profile] })).rejects.toMatchObject({ code: 'OSS_CONFIG_INVALID' });
  });
});
