import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { addApiKey } from '../../optimizer-api/index.ts';
import { defaultDataDirectory } from '../options/service-options.ts';
import { collect } from '../options/trust-options.ts';
import { Terminal } from '../terminal.ts';

interface ApiKeyOptions {
  address?: string[];
  keys?: string;
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
    .option('--keys <file>', 'file of the hashes; default: that of `oneshot optimizer`')
    .option('--data <dir>', 'data directory', defaultDataDirectory())
    .option('--json', 'one JSON line on standard output')
    .action(makeKey);
}

async function makeKey(name: string, options: ApiKeyOptions): Promise<void> {
  const { data, keys = join(data, 'optimizer', 'api-keys.jsonl'), address } = options;
  await mkdir(dirname(keys), { recursive: true, mode: 0o700 });
  const key = await addApiKey(keys, { name, ...(address === undefined ? {} : { addresses: address }) });
  new Terminal(options.json === true).result(key, { name, key });
}
