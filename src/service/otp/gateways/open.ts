import type { Clock } from '../../../base/clock.ts';
import type { Store } from '../../store/store.ts';
import type { SmsConfig } from './config.ts';
import { outboxGateway } from './outbox/outbox-gateway.ts';
import type { SmsGateway } from './port.ts';

interface GatewayPorts {
  readonly store: Pick<Store, 'sandboxMessages'>;
  readonly clock: Clock;
}

/** The SMS gateway of the configuration. */
export function openSmsGateway(config: SmsConfig, { store, clock }: GatewayPorts): SmsGateway {
  switch (config.type) {
    case 'outbox':
      return outboxGateway(store, clock);
  }
}
