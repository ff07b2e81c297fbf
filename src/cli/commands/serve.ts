import { once } from 'node:events';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Readiness } from '../../contract/service-api/readiness.ts';
import { readServiceConfig } from '../options/service-config-file.ts';
import { defaultDataDirectory } from '../options/service-options.ts';
import { Terminal } from '../terminal.ts';

interface ServeOptions {
  config?: string;
  host: string;
  port: string;
  publicPort: string;
  data: string;
  check?: boolean;
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
    .option('--check', 'start, say whether every part can work, and stop; exit code 1 where one cannot')
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
  if (options.check === true) {
    try {
      sayReadiness(await service.readiness(), terminal);
    } finally {
      await service.close();
    }
    return;
  }
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await service.close();
}

/** Exit code 1 where a part cannot work. */
function sayReadiness(readiness: Readiness, terminal: Terminal): void {
  const failed = Object.entries(readiness.checks).flatMap(([part, state]) =>
    state === 'failed' ? [part] : [],
  );
  const words =
    failed.length === 0 ? 'Every part can work.' : `These parts cannot work: ${failed.join(', ')}.`;
  terminal.result(words, readiness);
  if (failed.length > 0) process.exitCode = 1;
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
