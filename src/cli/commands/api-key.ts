import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { addApiKey, readApiClients, revokeApiKey, rotateApiKey } from '../../optimizer-api/index.ts';
import { defaultDataDirectory } from '../options/service-options.ts';
import { collect } from '../options/trust-options.ts';
import { Terminal } from '../terminal.ts';

interface ApiKeyOptions {
  address?: string[];
  keys?: string;
  rotate?: boolean;
  revoke?: boolean;
  data: string;
  json?: boolean;
}

export function addApiKeyCommand(program: Command): void {
  program
    .command('api-key')
    .description('make an API key for an application; it is shown once, only its hash is kept')
    .argument('<name>', 'name of the application')
    .option(
      '--address <ip>',
      'address from which the key may be used (may be repeated); default: any',
      collect,
    )
    .option('--rotate', 'a new key in place of the one that the application has; it keeps what it owns')
    .option('--revoke', 'the key opens nothing any more, at once; what was under way is cancelled')
    .option('--keys <file>', 'file of the hashes; default: that of `oneshot optimizer`')
    .option('--data <dir>', 'data directory', defaultDataDirectory())
    .option('--json', 'one JSON line on standard output')
    .action(changeKey);
  program
    .command('api-keys')
    .description('the applications that have, or had, an API key')
    .option('--keys <file>', 'file of the hashes; default: that of `oneshot optimizer`')
    .option('--data <dir>', 'data directory', defaultDataDirectory())
    .option('--json', 'one JSON line on standard output')
    .action(listKeys);
}

const fileOf = ({ data, keys = join(data, 'optimizer', 'api-keys.jsonl') }: ApiKeyOptions): string => keys;

async function changeKey(name: string, options: ApiKeyOptions): Promise<void> {
  const { address, rotate, revoke } = options;
  const keys = fileOf(options);
  const terminal = new Terminal(options.json === true);
  if (revoke) {
    await revokeApiKey(keys, name, new Date());
    terminal.result(`The key of ${name} opens nothing any more.`, { name, revoked: true });
    return;
  }
  await mkdir(dirname(keys), { recursive: true, mode: 0o700 });
  const about = { name, ...(address === undefined ? {} : { addresses: address }) };
  const key = rotate ? await rotateApiKey(keys, name) : await addApiKey(keys, about);
  terminal.result(key, { name, key });
}

async function listKeys(options: ApiKeyOptions): Promise<void> {
  const clients = await readApiClients(fileOf(options));
  const views = clients.map(({ name, addresses, revokedAt }) => ({
    name,
    ...(addresses === undefined ? {} : { addresses }),
    ...(revokedAt === undefined ? {} : { revokedAt }),
  }));
  const lines = views.map(({ name, addresses, revokedAt }) =>
    [
      name,
      ...(addresses === undefined ? [] : [`from ${addresses.join(', ')}`]),
      ...(revokedAt === undefined ? [] : [`revoked ${revokedAt}`]),
    ].join('  '),
  );
  new Terminal(options.json === true).result(lines.join('\n'), { applications: views });
}
