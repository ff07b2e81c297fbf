import type { GatewayConfig, SmsConfig } from './config.ts';
import { gatewaysOf } from './config.ts';
import { inOrder, type PricedGateway } from './fail-over.ts';
import type { GatewayPorts } from './gateway-ports.ts';
import { openHttpGateway } from './http/open.ts';
import { outboxGateway } from './outbox/outbox-gateway.ts';
import type { SmsGateway } from './port.ts';
import { openSmppGateway } from './smpp/open.ts';

/** The gateways of one channel. */
export interface OpenedGateways {
  readonly gateway: SmsGateway;
  /** Each by itself, for receipts that name it. */
  readonly members: readonly SmsGateway[];
}

/** @throws OssError OSS_CONFIG_INVALID when one of them cannot be opened as it is configured */
export function openGateways(config: SmsConfig, ports: GatewayPorts): OpenedGateways {
  const priced = gatewaysOf(config).map((entry) => ({
    gateway: openGateway(entry, ports),
    costPerMessage: entry.type === 'outbox' ? 0 : entry.costPerMessage,
  }));
  return {
    gateway: inOrder(ports.channel, priced as unknown as [PricedGateway], ports.metrics),
    members: priced.map(({ gateway }) => gateway),
  };
}

function openGateway(config: GatewayConfig, ports: GatewayPorts): SmsGateway {
  switch (config.type) {
    case 'outbox':
      return outboxGateway(ports.store, ports.clock);
    case 'http':
      return openHttpGateway(config, ports);
    case 'smpp':
      return openSmppGateway(config, ports);
  }
}
