import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { OssError } from '../../contract/errors.ts';
import type { TlsOptions } from '../../optimizer/index.ts';
import { collect } from './trust-options.ts';

export interface ServiceOptions {
  service?: string;
  anchor?: string;
  tlsCa?: string;
  tlsCert?: string;
  tlsKey?: string;
  tsa?: string[];
  user?: string;
  data: string;
}

/** Which signature service, whom it trusts, and where the station keeps its data. */
export function addServiceOptions(command: Command): Command {
  return command
    .option('--service <url>', 'the signature service; without it an embedded sandbox is started')
    .option('--anchor <pem>', 'trusted root certificate of that service')
    .option('--tls-ca <pem>', 'authority that issued the TLS certificate of the service')
    .option('--tls-cert <pem>', 'client certificate for mutual TLS')
    .option('--tls-key <pem>', 'private key of the client certificate')
    .option(
      '--tsa <url>',
      'time-stamp authority for level B-LTA; may be repeated, the next is asked where one fails; default: that of the service',
      collect,
    )
    .option(
      '--user <name>',
      'registration officer; password and PIN come from ONESHOT_PASSWORD and ONESHOT_PIN',
    )
    .option('--data <dir>', 'data of the station: journals, vault, embedded service', defaultDataDirectory());
}

export function defaultDataDirectory(): string {
  return process.env.ONESHOT_DATA ?? join(homedir(), '.oneshot');
}

/** A file that an option names. @throws OssError OSS_FILE_NOT_FOUND */
export async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new OssError('OSS_FILE_NOT_FOUND', { file: path }, { cause });
  });
}

/** Mutual TLS towards the service. @throws OssError OSS_FILE_NOT_FOUND */
export async function readTls({ tlsCa, tlsCert, tlsKey }: ServiceOptions): Promise<TlsOptions> {
  return {
    ...(tlsCa === undefined ? {} : { ca: await readText(tlsCa) }),
    ...(tlsCert === undefined ? {} : { cert: await readText(tlsCert) }),
    ...(tlsKey === undefined ? {} : { key: await readText(tlsKey) }),
  };
}
