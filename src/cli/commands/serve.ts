import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { OssError } from '../../contract/errors.ts';
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
  const text = await readFile(options.config, 'utf8').catch((cause: unknown) => {
    throw new OssError('OSS_FILE_NOT_FOUND', { file: options.config ?? '' }, { cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new OssError('OSS_CONFIG_INVALID', { reason: `${options.config} is not JSON` }, { cause });
  }
}
