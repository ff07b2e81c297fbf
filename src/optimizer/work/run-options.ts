import type { Outside } from './outside.ts';

export interface RunOptions {
  /** Ends the work with OSS_CANCELLED. */
  readonly signal?: AbortSignal;
  /** Told how many bytes have been read, of how many. */
  readonly onBytes?: (read: number, expected: number) => void;
  /** What the work may ask of the world outside documents. */
  readonly outside?: Outside;
}

/** What a job may use beside its input. */
export interface JobTools extends Pick<RunOptions, 'signal' | 'onBytes'> {
  /** Asks what only the process that gave the job can know. */
  ask(question: string, argument?: unknown): Promise<unknown>;
}
