import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { OssError } from '../../contract/errors.ts';
import type { OptimizerApiOptions } from '../../optimizer-api/index.ts';
import { collect } from './trust-options.ts';

export interface ListenOptions {
  host: string;
  port: number;
  serverCert?: string;
  serverKey?: string;
  clientCa?: string;
  hostName?: string[];
  origin?: string[];
}

/** Where the API listens, and by which names and from which pages it may be called. */
export function addListenOptions(command: Command): Command {
  return command
    .option(
      '--host <address>',
      'address to listen on; beyond this machine TLS and API keys are needed',
      '127.0.0.1',
    )
    .option('--port <port>', 'port; 0 takes a free one', parsePort, 0)
    .option('--server-cert <pem>', 'TLS certificate of the API')
    .option('--server-key <pem>', 'private key of that certificate')
    .option('--client-ca <pem>', 'mutual TLS: only callers with a certificate of this authority get in')
    .option('--host-name <name>', 'further name by which the API is called (may be repeated)', collect)
    .option(
      '--origin <origin>',
      'web origin whose pages may call, e.g. https://branch.example (may be repeated)',
      collect,
    );
}

function parsePort(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('A port is 0 to 65535.');
  return port;
}

/** @throws OssError OSS_FILE_NOT_FOUND, OSS_CONFIG_INVALID */
export async function readListenOptions(options: ListenOptions): Promise<OptimizerApiOptions['listen']> {
  const { host, port, serverCert, serverKey, clientCa, hostName, origin } = options;
  if (
    (serverCert === undefined) !== (serverKey === undefined) ||
    (clientCa !== undefined && serverCert === undefined)
  ) {
    throw new OssError('OSS_CONFIG_INVALID', { reason: 'TLS needs both --server-cert and --server-key' });
  }
  return {
    host,
    port,
    ...(hostName === undefined ? {} : { hostNames: hostName }),
    ...(origin === undefined ? {} : { origins: origin }),
    ...(serverCert === undefined || serverKey === undefined
      ? {}
      : {
          tls: {
            cert: await read(serverCert),
            key: await read(serverKey),
            ...(clientCa === undefined ? {} : { ca: await read(clientCa) }),
          },
        }),
  };
}

const read = (path: string): Promise<Buffer> =>
  readFile(path).catch((cause: unknown) => {
    throw new OssError('OSS_FILE_NOT_FOUND', { file: path }, { cause });
  });
