import { once } from 'node:events';
import { join } from 'node:path';
import type { Command } from 'commander';
import { readServiceConfig } from '../options/service-config-file.ts';
import { defaultDataDirectory } from '../options/service-options.ts';
import { Terminal } from '../terminal.ts';

interface ServeOptions {
  config?: string;
  host: string;
  port: string;
  publicPort: string;
  data: string;
  json?: boolean;
}

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('run the signature service until it is stopped')
    .option('--config <json>', 'configuration file (see docs/operations.md); without it a sandbox is started')
    .option('--host <address>', 'address of a sandbox', '127.0.0.1')
    .option('--port <port>', 'port of the API of a sandbox; 0 takes a free one', '0')
    .option('--public-port <port>', 'port of CRL, OCSP, AIA and TSA of a sandbox; 0 takes a free one', '0')
    .option('--data <dir>', 'data directory of a sandbox', join(defaultDataDirectory(), 'service'))
    .option('--json', 'say in one JSON line on standard output that it is ready')
    .action(serve);
}

async function serve(options: ServeOptions): Promise<void> {
  const terminal = new Terminal(options.json === true);
  // Loaded here, so that the other commands start without a server, a database and their libraries.
  const { startSignatureService } = await import('../../service/index.ts');
  const service = await startSignatureService(await configOf(options));
  const { ready } = service;
  for (const exception of ready.exceptions ?? []) terminal.say(`Weaker than the default: ${exception}.`);
  terminal.result(
    `The signature service (${ready.mode}) answers at ${ready.apiUrl}, its public part at ${ready.publicUrl}.`,
    ready,
  );
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await service.close();
}

async function configOf(options: ServeOptions): Promise<unknown> {
  if (options.config === undefined) {
    return {
      mode: 'sandbox',
      dataDirectory: options.data,
      api: { host: options.host, port: Number(options.port) },
      public: { host: options.host, port: Number(options.publicPort) },
    };
  }
  return readServiceConfig(options.config);
}
