import { utilityProcess } from 'electron';
import {
  attachEmbeddedService,
  type EmbeddedService,
  embeddedServiceEnvironment,
} from '../../optimizer/index.ts';

/**
 * Starts the signature service in a utility process: the packaged binary cannot be run as plain Node (the
 * runAsNode fuse is off). @throws OssError as attachEmbeddedService
 */
export function startEmbeddedService(entry: string, dataDirectory: string): Promise<EmbeddedService> {
  const child = utilityProcess.fork(entry, [], {
    serviceName: 'One-Shot signature service',
    env: { ...process.env, ...embeddedServiceEnvironment(dataDirectory) },
    stdio: 'inherit',
  });
  return attachEmbeddedService({
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', listener),
    send: (message) => child.postMessage(message),
    kill: () => child.kill(),
  });
}
