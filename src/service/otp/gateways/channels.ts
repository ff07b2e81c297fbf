import type { Channel } from '../../../contract/model/channel.ts';
import type { Gateways } from '../delivery.ts';
import type { SmsConfig } from './config.ts';
import type { GatewayPorts } from './gateway-ports.ts';
import { openGateways } from './open.ts';
import type { SmsGateway } from './port.ts';

/** Everything that carries codes. */
export interface Channels {
  readonly gateways: Gateways;
  /** Gateways whose vendor calls back, by name. */
  readonly callbacks: ReadonlyMap<string, SmsGateway>;
  /** Rejects when one of the channels can take no message. */
  assertAvailable(): Promise<void>;
  close(): Promise<void>;
}

/** @param given in place of the SMS gateway of the configuration */
export function openChannels(
  config: { readonly [C in Channel]?: SmsConfig | undefined },
  given: SmsGateway | undefined,
  ports: Omit<GatewayPorts, 'channel'>,
): Channels {
  const gateways: Partial<Record<Channel, SmsGateway>> = {};
  const members: SmsGateway[] = [];
  for (const channel of ['sms', 'voice', 'email'] as const) {
    const entry = config[channel];
    if (channel === 'sms' && given !== undefined) {
      gateways.sms = given;
      members.push(given);
    } else if (entry !== undefined) {
      const opened = openGateways(entry, { ...ports, channel });
      gateways[channel] = opened.gateway;
      members.push(...opened.members);
    }
  }
  return {
    gateways,
    callbacks: new Map(members.map((member) => [member.name, member])),
    async assertAvailable() {
      await Promise.all(Object.values(gateways).map((gateway) => gateway.assertAvailable?.()));
    },
    async close() {
      await Promise.all(Object.values(gateways).map((gateway) => gateway.close?.()));
    },
  };
}
