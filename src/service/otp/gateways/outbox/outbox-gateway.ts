import type { Clock } from '../../../../base/clock.ts';
import { newIdentifier } from '../../../../base/identifier.ts';
import type { Store } from '../../../store/store.ts';
import type { SmsGateway } from '../port.ts';

/** The simulated phone of a sandbox: messages stay readable in the store. */
export const outboxGateway = (store: Pick<Store, 'sandboxMessages'>, clock: Clock): SmsGateway => ({
  name: 'outbox',
  sandboxOnly: true,
  async send({ id, requestId, recipient, text }) {
    const reference = newIdentifier('sms');
    await store.sandboxMessages.insert({
      id,
      requestId,
      recipient,
      text,
      sentAt: clock().getTime(),
      reference,
    });
    return { reference, isReceived: true };
  },
});
