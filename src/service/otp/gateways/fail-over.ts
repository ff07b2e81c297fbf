import type { Channel } from '../../../contract/model/channel.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import { NotTaken, type Sent, type SmsGateway, type SmsMessage } from './port.ts';

/** No further gateway is tried after this: somebody waits at a desk, and the sender's claim must not run out. */
const LONGEST_ORDER_MS = 12_000;

export interface PricedGateway {
  readonly gateway: SmsGateway;
  readonly costPerMessage: number;
}

/**
 * Several gateways as one: the first that takes a message gets it. Only a certain refusal passes it on; after a lost
 * answer the phone may ring all the same, and a second message would be a second try for anyone who listens.
 */
export function inOrder(
  channel: Channel,
  gateways: readonly [PricedGateway, ...PricedGateway[]],
  metrics: Metrics,
): SmsGateway {
  const messages = metrics.counter(
    'oneshot_messages_total',
    'Messages handed to a gateway, by outcome: taken, refused, unknown.',
    ['gateway', 'channel', 'outcome'],
  );
  const cost = metrics.counter('oneshot_message_cost_total', 'What the messages taken cost, as configured.', [
    'gateway',
    'channel',
  ]);
  const sendThrough = async (
    { gateway, costPerMessage }: PricedGateway,
    message: SmsMessage,
  ): Promise<Sent> => {
    const labels = { gateway: gateway.name, channel };
    try {
      const sent = await gateway.send(message);
      messages.add({ ...labels, outcome: 'taken' });
      if (costPerMessage > 0) cost.add(labels, costPerMessage);
      return { gateway: gateway.name, ...sent };
    } catch (error) {
      messages.add({ ...labels, outcome: error instanceof NotTaken ? 'refused' : 'unknown' });
      throw error;
    }
  };
  return {
    name: gateways.map(({ gateway }) => gateway.name).join(','),
    sandboxOnly: gateways.some(({ gateway }) => gateway.sandboxOnly),
    async send(message) {
      const refusals: string[] = [];
      const begun = performance.now();
      for (const entry of gateways) {
        if (performance.now() - begun > LONGEST_ORDER_MS) break;
        try {
          return await sendThrough(entry, message);
        } catch (error) {
          if (!(error instanceof NotTaken)) throw error;
          refusals.push(error.message);
        }
      }
      throw new NotTaken(refusals.join('; '));
    },
    async assertAvailable() {
      const failures: unknown[] = [];
      for (const { gateway } of gateways) {
        try {
          await gateway.assertAvailable?.();
          return;
        } catch (error) {
          failures.push(error);
        }
      }
      throw failures[0];
    },
    async close() {
      await Promise.all(gateways.map(({ gateway }) => gateway.close?.()));
    },
  };
}
