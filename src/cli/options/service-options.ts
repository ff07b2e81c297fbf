import { homedir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import type { Command } from 'commander';
import { OssError } from '../../contract/errors.ts';
import type { TlsOptions } from '../../optimizer/index.ts';
import { readGiven } from '../given-file.ts';
import { collect, readCertificatesPem } from './trust-options.ts';

export interface ServiceOptions {
  service?: string;
  /** File of another provider than our own service. */
  provider?: string;
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
    .option(
      '--provider <file>',
      'another provider in place of it, as JSON; its secrets come from ONESHOT_PASSWORD, ONESHOT_PIN, ONESHOT_CLIENT_SECRET, ONESHOT_BILLING_PASSWORD',
    )
    .option('--anchor <file>', 'trusted root certificate of that service, PEM or DER')
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

/**
 * Mutual TLS towards the service. What does not belong together is said now, not with the first call.
 * @throws OssError OSS_FILE_NOT_FOUND, OSS_CERTIFICATE_FILE_INVALID, OSS_CONFIG_INVALID
 */
export async function readTls({ tlsCa, tlsCert, tlsKey }: ServiceOptions): Promise<TlsOptions> {
  const tls: TlsOptions = {
    ...(tlsCa === undefined ? {} : { ca: await readCertificatesPem(tlsCa) }),
    ...(tlsCert === undefined ? {} : { cert: await readCertificatesPem(tlsCert) }),
    ...(tlsKey === undefined ? {} : { key: (await readGiven(tlsKey)).toString('utf8') }),
  };
  try {
    createSecureContext(tls);
  } catch (cause) {
    const reason = '--tls-cert and --tls-key: not a certificate with its private key in PEM';
    throw new OssError('OSS_CONFIG_INVALID', { reason }, { cause });
  }
  return tls;
}
