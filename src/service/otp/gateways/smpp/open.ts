import { readFileSync } from 'node:fs';
import { OssError } from '../../../../contract/errors.ts';
import { readSecret } from '../../../settings/secret-reference.ts';
import type { SmppGatewayConfig } from '../config.ts';
import type { GatewayPorts } from '../gateway-ports.ts';
import type { SmsGateway } from '../port.ts';
import { smppGateway } from './smpp-gateway.ts';

/** @throws OssError OSS_CONFIG_INVALID when the password or the authorities of TLS cannot be read */
export function openSmppGateway(config: SmppGatewayConfig, ports: GatewayPorts): SmsGateway {
  const entry = `sms.${config.name}`;
  if (ports.channel !== 'sms') {
    throw new OssError('OSS_CONFIG_INVALID', { reason: `${entry}: SMPP carries short messages only` });
  }
  const { host, port, tls, systemId, systemType, from, window, messagesPerSecond, receiptIds, name } = config;
  return smppGateway({
    ...{ name, host, port, systemId, systemType, from, window, messagesPerSecond, receiptIds },
    password: readSecret(config.password, `${entry}.password`, ports.environment),
    tls: tls && {
      servername: tls.serverName ?? host,
      ...(tls.caFile === undefined ? {} : { ca: readAuthorities(tls.caFile, entry) }),
    },
    responseMs: config.responseSeconds * 1000,
    enquireMs: config.enquireSeconds * 1000,
    takeReceipt: ports.takeReceipt,
    onConnection: (event) => ports.onConnection(name, event),
    monotonic: () => performance.now(),
  });
}

function readAuthorities(path: string, entry: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new OssError(
      'OSS_CONFIG_INVALID',
      { reason: `${entry}.tls.caFile: ${path} cannot be read` },
      { cause },
    );
  }
}
