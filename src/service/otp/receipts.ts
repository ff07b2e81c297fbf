import type { Clock } from '../../base/clock.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { StoredReceipt } from '../store/receipt-repository.ts';
import type { Repositories, Store } from '../store/store.ts';
import type { TakeReceipt } from './gateways/port.ts';

/** A receipt whose message has not come up by then belongs to none of ours. */
const LONGEST_WAIT_MS = 10 * 60_000;
const AT_A_TIME = 500;

export interface Receipts {
  readonly take: TakeReceipt;
  /** Finds the messages of receipts that overtook their responses; forgets those that have none. */
  settleWaiting(): Promise<void>;
}

/** Joins a receipt to its message, in a transaction of the caller; false where the message is not there yet. */
export async function settleReceipt(
  { outbox, receipts, events }: Repositories,
  { gateway, reference, state, receivedAt }: StoredReceipt,
): Promise<boolean> {
  const message = await outbox.receive(gateway, reference, state, receivedAt);
  if (message === undefined && !(await outbox.isKnown(gateway, reference))) return false;
  await receipts.remove(gateway, reference);
  // Some vendors report twice; the first word holds.
  if (message === undefined) return true;
  await events.append(message.requestId, 'otp.receipt', { message: message.id, gateway, state });
  return true;
}

export function messageReceipts(store: Store, clock: Clock, metrics: Metrics): Receipts {
  const counter = metrics.counter(
    'oneshot_message_receipts_total',
    'Receipts of gateways, by state: delivered, failed, unmatched.',
    ['gateway', 'state'],
  );
  return {
    async take(gateway, { reference, state }) {
      counter.add({ gateway, state });
      const receipt = { gateway, reference, state, receivedAt: clock().getTime() };
      await store.transaction(async (repositories) => {
        if (!(await settleReceipt(repositories, receipt))) await repositories.receipts.add(receipt);
      });
    },
    async settleWaiting() {
      const now = clock().getTime();
      for (const receipt of await store.receipts.oldest(AT_A_TIME)) {
        if (await store.transaction((repositories) => settleReceipt(repositories, receipt))) continue;
        if (now - receipt.receivedAt <= LONGEST_WAIT_MS) continue;
        counter.add({ gateway: receipt.gateway, state: 'unmatched' });
        await store.receipts.remove(receipt.gateway, receipt.reference);
      }
    },
  };
}
