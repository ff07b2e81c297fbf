import { setTimeout as pause } from 'node:timers/promises';
import { utilityProcess } from 'electron';
import {
  attachEmbeddedService,
  type EmbeddedService,
  embeddedServiceEnvironment,
  inPlaceOf,
} from '../../service/embedded/embedded-service.ts';
import { superviseService } from '../../service/embedded/supervised-service.ts';

type ServiceSettings = Readonly<Record<string, unknown>>;

/**
 * Starts the signature service in a utility process: the packaged binary cannot be run as plain Node (the
 * runAsNode fuse is off). Started again when it ends by itself. @throws OssError as attachEmbeddedService
 * @param settings further entries of its configuration
 */
export const startEmbeddedService = (
  entry: string,
  dataDirectory: string,
  settings: ServiceSettings,
): Promise<EmbeddedService> =>
  superviseService({
    start: (former) => startProcess(entry, dataDirectory, { ...settings, ...(former && inPlaceOf(former)) }),
    pause: (milliseconds) => pause(milliseconds, undefined, { ref: false }),
    now: () => performance.now(),
  });

function startProcess(
  entry: string,
  dataDirectory: string,
  settings: ServiceSettings,
): Promise<EmbeddedService> {
  const child = utilityProcess.fork(entry, [], {
    serviceName: 'One-Shot signature service',
    env: { ...process.env, ...embeddedServiceEnvironment(dataDirectory, settings) },
    stdio: 'inherit',
  });
  return attachEmbeddedService({
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', listener),
    send: (message) => child.postMessage(message),
    kill: () => child.kill(),
  });
}
