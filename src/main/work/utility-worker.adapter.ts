import { utilityProcess } from 'electron';
import type { StartWorker } from '../../optimizer/index.ts';
import { endProcess } from './end-process.ts';

/**
 * Starts processes that work on documents as utility processes: the packaged binary cannot be run as plain Node (the
 * runAsNode fuse is off). They end with the station. @param entry the compiled `document-worker`
 */
export const utilityWorker =
  (entry: string): StartWorker =>
  (environment) => {
    const child = utilityProcess.fork(entry, [], {
      serviceName: 'One-Shot document work',
      env: { ...process.env, ...environment },
      stdio: 'ignore',
    });
    return {
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) => child.once('exit', listener),
      send: (message) => child.postMessage(message),
      kill: () => endProcess(child.pid),
      hold: () => undefined,
    };
  };
