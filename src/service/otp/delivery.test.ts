import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newIdentifier } from '../../base/identifier.ts';
import { sealedBox } from '../../base/sealed-box.ts';
import { openStore, type Store } from '../store/store.ts';
import { CLAIM_MS, smsDelivery } from './delivery.ts';
import type { SmsMessage } from './gateways/port.ts';

let store: Store;
let now: number;
let sent: SmsMessage[];
const clock = (): Date => new Date(now);

beforeEach(async () => {
  now = Date.now();
  sent = [];
  const path = join(await mkdtemp(join(tmpdir(), 'delivery-')), 'service.db');
  store = await openStore(
    { type: 'sqlite', path, keyHex: '11'.repeat(32) },
    { clock, box: sealedBox(Buffer.alloc(32, 1)), onConnectionLost: () => undefined },
  );
});
afterEach(() => store.close());

const delivery = () =>
  smsDelivery(
    store,
    {
      sms: {
        name: 'test',
        sandboxOnly: true,
        send: async (message) => {
          sent.push(message);
          return { reference: message.id };
        },
      },
    },
    clock,
  );

async function stored(): Promise<string> {
  const id = newIdentifier('msg');
  const message = { channel: 'sms', recipient: '+34600111222', text: 'code 482913', code: '482913' } as const;
  const whose = {
    id,
    requestId: 'req',
    challengeId: 'otp',
    language: 'es',
    validUntil: now + 300_000,
  } as const;
  await store.outbox.insert({ ...message, ...whose }, now, now + CLAIM_MS);
  return id;
}

describe('what a killed process left behind', () => {
  it('is sent by another when sending had not begun', async () => {
    const id = await stored();
    await delivery().deliverWaiting();
    expect(sent).toEqual([]);
    now += CLAIM_MS + 1;
    await delivery().deliverWaiting();
    expect(sent).toMatchObject([{ id, code: '482913', recipient: '+34600111222' }]);
  });

  it('is given up as unknown when sending had begun: the phone may ring already', async () => {
    const id = await stored();
    await store.outbox.claim(id, 'author', now, now + CLAIM_MS);
    now += CLAIM_MS + 1;
    await delivery().deliverWaiting();
    expect(sent).toEqual([]);
    expect(await store.outbox.lastOf('req')).toMatchObject({ state: 'failed', failure: 'unknown' });
    const [event] = await store.events.read('req');
    expect(event).toMatchObject({ type: 'otp.notDelivered', data: { reason: 'unknown' } });
  });

  it('is dropped when its code has ended', async () => {
    await stored();
    now += 300_001;
    await delivery().deliverWaiting();
    expect(sent).toEqual([]);
    expect(await store.outbox.lastOf('req')).toMatchObject({ failure: 'tooLate' });
  });
});

it('a sender that was taken for dead and is not says that its message failed', async () => {
  const id = await stored();
  const slow = smsDelivery(
    store,
    {
      sms: {
        name: 'slow',
        sandboxOnly: true,
        send: async () => {
          now += CLAIM_MS + 1;
          await delivery().deliverWaiting();
          return { reference: 'late' };
        },
      },
    },
    clock,
  );
  await expect(slow.deliver(id)).rejects.toMatchObject({ code: 'OSS_OTP_DELIVERY_FAILED' });
  expect(await store.outbox.lastOf('req')).toMatchObject({ state: 'failed', failure: 'unknown' });
});
