import { utilityProcess } from 'electron';
import type { StartWorker } from '../../optimizer/index.ts';

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
      // What Electron offers asks the process politely; one in a loop does not hear it.
      kill: () => {
        if (child.pid !== undefined) kill(child.pid);
      },
      hold: () => undefined,
    };
  };

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}
