import type { Delivery } from '../../contract/model/delivery.ts';
import { toUtcSeconds } from '../../contract/model/encoding.ts';
import type { MessageState } from '../store/outbox-repository.ts';

/** What a clerk may know of a message. */
export function deliveryOf(message: MessageState | undefined): Delivery {
  if (message === undefined) return { state: 'none' };
  return { state: stateOf(message), channel: message.channel, at: toUtcSeconds(new Date(message.at)) };
}

function stateOf({ state, failure, receipt }: MessageState): Delivery['state'] {
  if (receipt !== undefined) return receipt;
  if (state === 'failed') return failure === 'unknown' ? 'unknown' : 'failed';
  return state === 'delivered' ? 'accepted' : 'sending';
}
