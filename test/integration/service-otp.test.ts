import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FINAL_REQUEST_STATES } from '../../src/contract/model/request-state.ts';
import type { SmsGateway } from '../../src/service/index.ts';
import {
  newIdentity,
  newManifest,
  startTestService,
  TestClock,
  type TestService,
  wrongCode,
} from './service-client.ts';

const clock = new TestClock();
let running: TestService;
beforeAll(async () => {
  running = await startTestService({ tokenLifetimeMinutes: 480 }, { clock: clock.now });
});
afterAll(() => running.close());

const prepared = async (documents = 1) => {
  const { client } = running;
  const { id } = await client.registered();
  const manifest = newManifest(documents, clock.now());
  const sent = await client.sendOtp(id, manifest);
  expect(sent.status, sent.text).toBe(200);
  return { id, manifest, code: await client.code(id), sent: sent.body };
};

describe('a code', () => {
  it('is announced with what it is good for, and the SMS shows the same reference', async () => {
    const { id, code, sent } = await prepared(2);
    expect(sent).toMatchObject({ digits: 6, triesLeft: 3, codesLeft: 4 });
    expect(sent.maskedPhone).toMatch(/^\+34•+\d\d$/);
    expect(Date.parse(sent.expiresAt) - clock.now().getTime()).toBeGreaterThan(295_000);
    const [message] = (await running.client.get(`/v1/sandbox/outbox?request=${id}`)).body.messages;
    expect(message.text).toContain(sent.reference);
    expect(message.text.endsWith(code)).toBe(true);
  });

  it('is dead after three wrong tries, the right one included', async () => {
    const { id, manifest, code } = await prepared();
    for (const triesLeft of [2, 1, 0]) {
      const { status, body } = await running.client.sign(id, wrongCode(code), manifest);
      expect([status, body.error.code, body.error.details]).toEqual([403, 'OSS_OTP_REFUSED', { triesLeft }]);
    }
    const late = await running.client.sign(id, code, manifest);
    expect(late.body.error).toMatchObject({ code: 'OSS_OTP_REFUSED', details: { triesLeft: 0 } });
  });

  it('counts a try for each of many calls with different codes at once', async () => {
    const { id, manifest, code } = await prepared();
    const responses = await Promise.all(
      Array.from({ length: 8 }, () => running.client.sign(id, wrongCode(code), manifest)),
    );
    const codes = responses.map(({ body }) => body.error.code);
    expect(codes.every((c) => c === 'OSS_OTP_REFUSED' || c === 'OSS_SIGNING_IN_PROGRESS')).toBe(true);
    expect(codes.filter((c) => c === 'OSS_OTP_REFUSED').length).toBeGreaterThan(0);
  });

  it('gets the very same answer when it is wrong, expired, used up, voided or was never sent', async () => {
    const { client } = running;
    const responses: string[] = [];
    const refused = async (id: string, code: string, manifest = newManifest(1, clock.now())) => {
      const { status, text } = await client.sign(id, code, manifest);
      responses.push(`${status} ${text}`);
    };
    const wrong = await prepared();
    await refused(wrong.id, wrongCode(wrong.code), wrong.manifest);
    const voided = await prepared();
    await client.sign(voided.id, voided.code, newManifest(1, clock.now()));
    clock.advance(61);
    expect((await client.sendOtp(voided.id, newManifest(1, clock.now()))).status).toBe(200);
    await refused(voided.id, voided.code === (await client.code(voided.id)) ? '000000' : voided.code);
    const { id: neverSent } = await client.registered();
    await refused(neverSent, '123456');
    const expired = await prepared();
    clock.advance(301);
    await refused(expired.id, expired.code, newManifest(1, clock.now()));
    expect(new Set(responses).size).toBe(1);
  });

  it('is void when a document, the order or a claimed time changes, and the request goes on with a new one', async () => {
    const { client } = running;
    const { id, manifest, code } = await prepared(2);
    const changed = await client.sign(id, code, [...manifest].reverse());
    expect([changed.status, changed.body.error.code]).toEqual([409, 'OSS_SIGNING_DIGESTS_CHANGED']);
    expect((await client.sign(id, code, manifest)).body.error.code).toBe('OSS_OTP_REFUSED');
    clock.advance(61);
    expect((await client.sendOtp(id, manifest)).status).toBe(200);
    expect((await client.sign(id, await client.code(id), manifest)).status).toBe(200);
  });

  it('replaces the one before it, not sooner than after 60 s', async () => {
    const { client } = running;
    const { id, manifest, code } = await prepared();
    const soon = await client.sendOtp(id, manifest);
    expect([soon.status, soon.body.error.code]).toEqual([429, 'OSS_OTP_TOO_SOON']);
    expect(Number(soon.headers.get('retry-after'))).toBe(soon.body.error.details.retryAfterSeconds);
    clock.advance(61);
    await client.sendOtp(id, manifest);
    const newer = await client.code(id);
    if (newer !== code)
      expect((await client.sign(id, code, manifest)).body.error.code).toBe('OSS_OTP_REFUSED');
    expect((await client.sign(id, newer, manifest)).status).toBe(200);
  });

  it('goes out once where it is asked for twice at the same moment, and the other is told the true time to wait', async () => {
    const { client } = running;
    const { id } = await client.registered();
    const manifests = [newManifest(1, clock.now()), newManifest(2, clock.now())];
    const calls = await Promise.all(manifests.map((manifest) => client.sendOtp(id, manifest)));
    expect(calls.map(({ status }) => status).sort()).toEqual([200, 429]);
    expect((await client.get(`/v1/sandbox/outbox?request=${id}`)).body.messages).toHaveLength(1);
    const [won] = manifests.filter((_, index) => calls[index]?.status === 200);
    const wait = Number(calls.find(({ status }) => status === 429)?.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(50);
    clock.advance(wait - 2);
    const early = await client.sendOtp(id, won ?? []);
    expect(early.status).toBe(429);
    clock.advance(Number(early.headers.get('retry-after')));
    expect((await client.sendOtp(id, won ?? [])).status).toBe(200);
  });

  it('is used up once where two calls bring it at the same moment', async () => {
    const { client } = running;
    const { id, manifest, code } = await prepared();
    const signed = await Promise.all([1, 2, 3].map(() => client.sign(id, code, manifest)));
    expect(signed.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status } of signed) expect([200, 403, 409]).toContain(status);
    const { events } = (await client.get(`/v1/requests/${id}/events`)).body;
    expect(events.filter(({ type }: { type: string }) => type === 'signing.done')).toHaveLength(1);
  });

  it('is limited per signer over requests, and over a restart of the service', async () => {
    const identity = newIdentity();
    const directory = running.directory;
    for (let sent = 0; sent < 5; sent++) {
      const { id } = await running.client.registered({ identity });
      expect((await running.client.sendOtp(id, newManifest(1, clock.now()))).status).toBe(200);
      clock.advance(500);
    }
    await running.service.close();
    const again = await startTestService({ tokenLifetimeMinutes: 480 }, { clock: clock.now }, directory);
    running = { ...again, close: running.close };
    const { id } = await running.client.registered({ identity });
    const { status, body } = await running.client.sendOtp(id, newManifest(1, clock.now()));
    expect([status, body.error.code]).toEqual([429, 'OSS_OTP_LIMIT']);
    expect(body.error.details.retryAfterSeconds).toBeGreaterThan(500);
    running.close = async () => again.service.close();
  });
});

describe('the claimed signing time', () => {
  it('may not be so old that the certificate could no longer cover it', async () => {
    const { id } = await running.client.registered();
    const old = newManifest(1, new Date(clock.now().getTime() - 8 * 60_000));
    const { status, body } = await running.client.sendOtp(id, old);
    expect([status, body.error.code]).toEqual([409, 'OSS_SIGNING_PREPARED_TOO_LONG_AGO']);
    expect(await running.client.state(id)).toBe('approved');
  });

  it('may not lie ahead by more than two seconds', async () => {
    const { id } = await running.client.registered();
    const ahead = newManifest(1, new Date(clock.now().getTime() + 10_000));
    const { body } = await running.client.sendOtp(id, ahead);
    expect(body.error.code).toBe('OSS_SIGNING_CLOCK_SKEW');
    expect(body.error.details.skewSeconds).toBeGreaterThanOrEqual(9);
  });
});

describe('a request', () => {
  it('can be cancelled until it is signed, and then takes no code', async () => {
    const { id, manifest, code } = await prepared();
    expect((await running.client.post(`/v1/requests/${id}/cancel`)).body.state).toBe('cancelled');
    expect((await running.client.sign(id, code, manifest)).body.error.code).toBe('OSS_REQUEST_STATE');
    expect((await running.client.post(`/v1/requests/${id}/cancel`)).body.error.code).toBe(
      'OSS_REQUEST_STATE',
    );
  });

  it('expires half an hour after the identity was verified', async () => {
    const { id } = await running.client.registered();
    clock.advance(30 * 60 + 1);
    const { status, body } = await running.client.sendOtp(id, newManifest(1, clock.now()));
    expect([status, body.error.code]).toEqual([410, 'OSS_REQUEST_EXPIRED']);
    expect(await running.client.state(id)).toBe('expired');
    expect(FINAL_REQUEST_STATES).toContain('expired');
  });

  it('needs a proof other than the code only where its profile admits one', async () => {
    const { id } = await running.client.registered();
    const authorisation = { type: 'external', method: 'wallet', reference: 'presentation-1' };
    const call = { authorisation, manifest: newManifest(1, clock.now()) };
    const response = await running.client.post(`/v1/requests/${id}/sign`, call, {
      'idempotency-key': randomUUID(),
    });
    expect([response.status, response.body.error.code]).toEqual([403, 'OSS_FORBIDDEN']);
  });
});

describe('an SMS gateway that does not take the message', () => {
  it('is reported, and the request waits for another code', async () => {
    let broken = true;
    const texts: string[] = [];
    const sms: SmsGateway = {
      name: 'test',
      sandboxOnly: true,
      send: async ({ text }) => {
        if (broken) throw new Error('no route');
        texts.push(text);
        return { reference: 'accepted' };
      },
    };
    const own = new TestClock();
    const service = await startTestService({}, { sms, clock: own.now });
    const { id } = await service.client.registered();
    const { status, body } = await service.client.sendOtp(id, newManifest(1, own.now()));
    expect([status, body.error.code, body.error.retryable]).toEqual([502, 'OSS_OTP_DELIVERY_FAILED', true]);
    expect(await service.client.state(id)).toBe('approved');
    broken = false;
    own.advance(61);
    const manifest = newManifest(1, own.now());
    expect((await service.client.sendOtp(id, manifest)).status).toBe(200);
    const code = /(\d+)$/.exec(texts.at(-1) ?? '')?.[1] ?? '';
    expect((await service.client.sign(id, code, manifest)).status).toBe(200);
    await service.close();
  });
});
