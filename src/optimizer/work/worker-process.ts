/** How a host starts the processes that work on documents: Node's fork, Electron's utility process. */
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
 * Ends that mean that memory was at its end: killed (by the guard, or by the system), aborted by V8; Windows knows
 * no signals, and a process that was killed has ended with 1.
 */
export const endedForMemory = (code: number): boolean => [1, 6, 9, 134, 137].includes(code);
