/** What long work tells while it runs; the listener must not throw. */
export interface Progress {
  readonly step:
    | 'importing'
    | 'preparing'
    | 'signing'
    | 'embedding'
    | 'augmenting'
    | 'verifying'
    | 'delivering';
  /** Counted from 0. */
  readonly document: number;
  readonly documents: number;
  /** Bytes done and to do for this document, where the step is measured in bytes. */
  readonly bytes?: number;
  readonly totalBytes?: number;
}

export interface WorkOptions {
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}
