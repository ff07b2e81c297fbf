import type { Clock } from '../../base/clock.ts';
import { OssError } from '../../contract/errors.ts';
import type { OutboxMessage } from '../store/outbox-repository.ts';
import type { Store } from '../store/store.ts';
import type { SmsGateway } from './gateways/port.ts';

/** How long one process may hold a message before another takes it over. */
export const CLAIM_MS = 30_000;

export interface Delivery {
  /** Delivers a message that the caller has just stored. @throws OssError OSS_OTP_DELIVERY_FAILED; its code is then void. */
  deliver(messageId: string): Promise<{ readonly reference: string }>;
  /** Delivers what a killed process left behind; a message whose code has ended is dropped. */
  deliverWaiting(): Promise<void>;
}

export function smsDelivery(store: Store, gateway: SmsGateway, clock: Clock): Delivery {
  const giveUp = (message: OutboxMessage, reason: 'gateway' | 'tooLate'): Promise<void> =>
    store.transaction(async ({ outbox, challenges, requests, events }) => {
      await outbox.close(message.id, 'failed', null);
      await events.append(message.requestId, 'otp.notDelivered', { message: message.id, reason });
      if (await challenges.isLive(message.challengeId)) {
        await challenges.end(message.requestId);
        await requests.move(message.requestId, ['otpSent'], 'approved');
      }
    });

  const deliver = async (id: string, by: 'author' | 'worker'): Promise<{ readonly reference: string }> => {
    const now = clock().getTime();
    const message = await store.outbox.claim(id, by, now, now + CLAIM_MS);
    if (message === undefined) throw new OssError('OSS_OTP_DELIVERY_FAILED');
    if (message.validUntil <= now) {
      await giveUp(message, 'tooLate');
      throw new OssError('OSS_OTP_DELIVERY_FAILED');
    }
    const { requestId, recipient, text } = message;
    const validUntil = new Date(message.validUntil);
    const reference = await gateway.send({ id, requestId, recipient, text, validUntil }).then(
      (sent) => sent.reference,
      async (cause: unknown) => {
        await giveUp(message, 'gateway');
        throw new OssError('OSS_OTP_DELIVERY_FAILED', {}, { cause });
      },
    );
    await store.transaction(async ({ outbox, events }) => {
      await outbox.close(id, 'delivered', reference);
      await events.append(requestId, 'otp.delivered', { message: id, gateway: gateway.name, reference });
    });
    return { reference };
  };

  return {
    deliver: (id) => deliver(id, 'author'),
    async deliverWaiting() {
      for (const id of await store.outbox.waiting(clock().getTime())) {
        await deliver(id, 'worker').catch((error: unknown) => {
          // It is recorded as an event and the signer asks for another code; the others must go out.
          if (!(error instanceof OssError)) throw error;
        });
      }
    },
  };
}
