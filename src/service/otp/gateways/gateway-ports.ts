import type { buildConnector } from 'undici';
import type { Clock } from '../../../base/clock.ts';
import type { Channel } from '../../../contract/model/channel.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import type { Store } from '../../store/store.ts';
import type { TakeReceipt } from './port.ts';

/** What gateways of the configuration are opened with. */
export interface GatewayPorts {
  readonly store: Pick<Store, 'sandboxMessages'>;
  readonly clock: Clock;
  readonly environment: NodeJS.ProcessEnv;
  readonly channel: Channel;
  /** Who asks for the signature: the subject of an e-mail. */
  readonly issuer: string;
  /** The address at which a vendor reports to the gateway of that name; nobody else can guess it. */
  readonly receiptUrl: (gateway: string) => string;
  readonly takeReceipt: TakeReceipt;
  readonly metrics: Metrics;
  /** Told when an SMSC is lost and when it is back. */
  readonly onConnection: (gateway: string, event: string) => void;
  /** How vendors are reached, for tests that put another host there. */
  readonly connector?: buildConnector.connector;
}
