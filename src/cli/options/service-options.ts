import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
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
