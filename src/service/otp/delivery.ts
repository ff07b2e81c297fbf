import type { Clock } from '../../base/clock.ts';
import { OssError } from '../../contract/errors.ts';
import type { Channel } from '../../contract/model/channel.ts';
import type { ClaimedMessage } from '../store/outbox-repository.ts';
import type { Store } from '../store/store.ts';
import type { DeliveryFailure } from '../store/tables.ts';
import { NotTaken, type SmsGateway } from './gateways/port.ts';
import { settleReceipt } from './receipts.ts';

/** How long one process may hold a message; after that nobody knows what became of it. */
export const CLAIM_MS = 30_000;

/** The gateways of each channel that the configuration has. */
export type Gateways = Readonly<Partial<Record<Channel, SmsGateway>>>;

export interface Delivery {
  /** Delivers a message that the caller has just stored. @throws OssError OSS_OTP_DELIVERY_FAILED; its code is then void. */
  deliver(messageId: string): Promise<{ readonly reference: string }>;
  /**
   * Delivers what a killed process had stored and not begun to send. What it had begun is given up: whether the phone
   * rings is unknown, and the same code twice would be two tries for somebody who listens. A message whose code has
   * ended is dropped.
   */
  deliverWaiting(): Promise<void>;
}

export function smsDelivery(store: Store, gateways: Gateways, clock: Clock): Delivery {
  const giveUp = (message: ClaimedMessage, failure: DeliveryFailure): Promise<void> =>
    store.transaction(async ({ outbox, challenges, requests, events }) => {
      if (!(await outbox.close(message.id, { state: 'failed', failure }, clock().getTime()))) return;
      await events.append(message.requestId, 'otp.notDelivered', { message: message.id, reason: failure });
      if (await challenges.isLive(message.challengeId)) {
        await challenges.end(message.requestId);
        await requests.move(message.requestId, ['otpSent'], 'approved');
      }
    });

  const deliver = async (id: string, by: 'author' | 'worker'): Promise<{ readonly reference: string }> => {
    const now = clock().getTime();
    const message = await store.outbox.claim(id, by, now, now + CLAIM_MS);
    if (message === undefined) throw new OssError('OSS_OTP_DELIVERY_FAILED');
    const abandon = async (failure: DeliveryFailure, cause?: unknown): Promise<never> => {
      await giveUp(message, failure);
      throw new OssError('OSS_OTP_DELIVERY_FAILED', { reason: failure }, { cause });
    };
    if (message.wasUnderWay) return abandon('unknown');
    if (message.validUntil <= now) return abandon('tooLate');
    const gateway = gateways[message.channel];
    if (gateway === undefined) return abandon('gateway');
    const { requestId, recipient, text, code, language } = message;
    const sent = await gateway
      .send({
        ...{ id, requestId, recipient, text, validUntil: new Date(message.validUntil) },
        ...(code === undefined ? {} : { code }),
        ...(language === undefined ? {} : { language }),
      })
      .catch((cause: unknown) => abandon(cause instanceof NotTaken ? 'gateway' : 'unknown', cause));
    const { reference, gateway: taker = gateway.name, isReceived = false } = sent;
    await store.transaction(async (repositories) => {
      const { outbox, events } = repositories;
      const closing = { state: 'delivered', gateway: taker, reference, isReceived } as const;
      // It took so long that its code is void by now.
      if (!(await outbox.close(id, closing, clock().getTime())))
        throw new OssError('OSS_OTP_DELIVERY_FAILED');
      const how = { message: id, gateway: taker, reference, channel: message.channel };
      await events.append(requestId, 'otp.delivered', how);
      const early = await repositories.receipts.find(taker, reference);
      if (early !== undefined) await settleReceipt(repositories, early);
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
