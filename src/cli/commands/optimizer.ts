import { once } from 'node:events';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { OssError } from '../../contract/errors.ts';
import { RETENTION_DAYS } from '../../contract/ipc/admin/settings.ts';
import { type Applications, applicationsIn, readApiClients } from '../../optimizer-api/index.ts';
import type { SandboxOptions } from '../api-connection.ts';
import { type ApiSettings, openApi } from '../open-api.ts';
import { addListenOptions, type ListenOptions, readListenOptions } from '../options/listen-options.ts';
import { addServiceOptions, type ServiceOptions } from '../options/service-options.ts';
import { collect } from '../options/trust-options.ts';
import { Terminal } from '../terminal.ts';

interface OptimizerOptions extends ServiceOptions, SandboxOptions, ListenOptions {
  dropIn?: boolean;
  keys?: string;
  adopt?: string;
  registrationAuthority?: string;
  profile?: string;
  identityImages?: boolean;
  maxFile: number;
  keepRecords: number;
  callbackHost?: string[];
  compatibleSettings?: boolean;
  compatibleStatus?: boolean;
  json?: boolean;
}

export function addOptimizerCommand(program: Command): void {
  const command = program
    .command('optimizer')
    .description('the REST API that applications of a One-Shot Optimizer call, until it is stopped')
    .option('--sandbox', 'start an embedded sandbox of the signature service')
    .option('--fixed-otp <code>', 'the same code for every signature, in a sandbox only')
    .option(
      '--drop-in',
      'no API key is needed, as existing applications expect: all programs of this machine are one client',
    )
    .option(
      '--keys <file>',
      'API keys (see `oneshot api-key`); default: api-keys.jsonl in the data directory',
    )
    .option(
      '--adopt <name>',
      'application that gets what was made without a key; default: the only one that has a key',
    )
    .option('--registration-authority <id>', 'where a call names none')
    .option('--profile <id>', 'certificate profile for names that the service does not know')
    .option('--identity-images', 'refuse requests without pictures of the id document')
    .option('--max-file <MiB>', 'largest document in MiB', parseSize, 2048)
    .option(
      '--keep-records <days>',
      'days that records of ended transactions are kept, with what their applications sent; evidence stays',
      parseDays,
      RETENTION_DAYS.usual,
    )
    .option(
      '--callback-host <host>',
      'host to which callbacks may go, also inside the network (may be repeated); default: any public one',
      collect,
    )
    .option('--compatible-settings', 'GET settings answers the stored billing password, as it used to')
    .option('--compatible-status', 'HTTP 400 instead of 404, as some calls used to answer')
    .option('--json', 'say in one JSON line on standard output that it is ready');
  addServiceOptions(addListenOptions(command)).action(run);
}

function parseSize(value: string): number {
  const size = Number(value);
  if (!(size >= 1)) throw new InvalidArgumentError('A size in MiB is at least 1.');
  return size;
}

function parseDays(value: string): number {
  const days = Number(value);
  if (!Number.isInteger(days) || days < 1 || days > RETENTION_DAYS.max)
    throw new InvalidArgumentError(`Records are kept 1 to ${RETENTION_DAYS.max} days.`);
  return days;
}

async function run(options: OptimizerOptions): Promise<void> {
  const terminal = new Terminal(options.json === true);
  const stopped = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  const { api, facts, close } = await openApi(options, await settingsOf(options));
  const mode = facts.info?.mode ?? 'signature service away';
  terminal.result(`The Optimizer (${mode}) answers at ${api.url}, described at ${api.url}/docs.`, {
    type: 'ready',
    url: api.url,
    mode,
  });
  await stopped;
  await close();
}

async function settingsOf(options: OptimizerOptions): Promise<ApiSettings> {
  const { data, keys = join(data, 'optimizer', 'api-keys.jsonl'), adopt, dropIn, callbackHost } = options;
  const { ONESHOT_WEBHOOK_SECRET: webhookSecret } = process.env;
  return {
    listen: await readListenOptions(options),
    clients: dropIn ? undefined : await clientsOf(keys, adopt),
    compatibility: {
      billingPassword: options.compatibleSettings === true,
      notFoundAs400: options.compatibleStatus === true,
    },
    identityImages: options.identityImages ? 'required' : 'optional',
    callbackHosts: callbackHost ?? 'any',
    ...(adopt === undefined ? {} : { adopter: adopt }),
    registrationAuthority: options.registrationAuthority,
    profile: options.profile,
    maxFileBytes: options.maxFile * 1024 * 1024,
    recordsDays: options.keepRecords,
    ...(webhookSecret === undefined ? {} : { webhookSecret }),
  };
}

async function clientsOf(keys: string, adopt: string | undefined): Promise<Applications> {
  const clients = await readApiClients(keys).catch((cause: unknown) => {
    if (!(cause instanceof OssError) || cause.code !== 'OSS_FILE_NOT_FOUND') throw cause;
    const reason = 'make an API key with `oneshot api-key`, or start with --drop-in';
    throw new OssError('OSS_CONFIG_INVALID', { reason }, { cause });
  });
  if (adopt !== undefined && !clients.some(({ name }) => name === adopt)) {
    throw new OssError('OSS_CONFIG_INVALID', { reason: `no application is called ${adopt}` });
  }
  return applicationsIn(keys);
}
