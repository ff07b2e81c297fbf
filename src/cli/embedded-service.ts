import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  attachEmbeddedService,
  type EmbeddedService,
  embeddedServiceEnvironment,
} from '../service/embedded/embedded-service.ts';

/**
 * Starts the signature service in a Node process of its own.
 * @param settings further entries of its configuration
 * @throws OssError as attachEmbeddedService
 */
export function startEmbeddedService(
  dataDirectory: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<EmbeddedService> {
  const entry = fileURLToPath(new URL('./signature-service.js', import.meta.url));
  const child = fork(entry, [], {
    env: { ...process.env, ...embeddedServiceEnvironment(dataDirectory, settings) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return attachEmbeddedService({
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => {
      child.once('error', () => listener(null));
      child.once('exit', listener);
    },
    send: (message) => child.connected && child.send(message),
    kill: () => child.kill('SIGKILL'),
  });
}
