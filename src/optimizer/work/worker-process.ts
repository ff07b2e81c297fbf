/** How a host starts the processes that work on documents: Node's fork, Electron's utility process. */
import { constants } from 'node:os';

export interface WorkerProcess {
  onMessage(listener: (message: unknown) => void): void;
  /** Told once, however it ended; a signal counts as 128 and its number. */
  onExit(listener: (code: number) => void): void;
  send(message: object): void;
  /** At once, whatever it is doing. */
  kill(): void;
  /** Whether the process that started it stays alive for it. */
  hold(isHeld: boolean): void;
}

export type StartWorker = (environment: Readonly<Record<string, string>>, megabytes: number) => WorkerProcess;

export const MEGABYTES_VARIABLE = 'ONESHOT_WORK_MEGABYTES';

/**
 * How the guard ends its process: by a signal that nobody else sends, so that a process killed from outside is not taken
 * for a hungry one. Windows knows no signals: a process that was killed has ended with 1 there.
 */
export const GUARD_SIGNAL = process.platform === 'win32' ? 'SIGKILL' : 'SIGUSR2';

const { SIGABRT, SIGUSR2 } = constants.signals;
/** V8 aborts where its heap is full. Hosts tell of a signal by its number, or by 128 and its number. */
const MEMORY_ENDS: ReadonlySet<number> = new Set(
  process.platform === 'win32' ? [1, 134] : [SIGABRT, SIGUSR2].flatMap((signal) => [signal, 128 + signal]),
);

/** Ends that mean that memory was at its end. */
export const endedForMemory = (code: number): boolean => MEMORY_ENDS.has(code);
