import { fork } from 'node:child_process';
import { constants } from 'node:os';
import type { StartWorker } from './worker-process.ts';

/** Starts workers as processes of Node. @param entry the compiled `document-worker` */
export const forkWorker =
  (entry: string): StartWorker =>
  (environment, megabytes) => {
    const child = fork(entry, [], {
      env: { ...process.env, ...environment },
      // Collects before the guard has to end it.
      execArgv: [`--max-old-space-size=${megabytes}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    return {
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) => {
        child.once('error', () => listener(-1));
        child.once('exit', (code, signal) =>
          listener(code ?? 128 + (signal ? constants.signals[signal] : 0)),
        );
      },
      send: (message) => child.connected && child.send(message, () => undefined),
      kill: () => child.kill('SIGKILL'),
      hold(isHeld) {
        const turn = isHeld ? 'ref' : 'unref';
        child[turn]();
        child.channel?.[turn]();
      },
    };
  };
