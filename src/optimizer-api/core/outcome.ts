/** What a call answers, before a dialect gives it its envelope. */
export type RequestOutcome =
  /** One sentence. */
  | { readonly text: string }
  /** A value; `newer` where that dialect shapes it differently. */
  | {
      readonly value: unknown;
      readonly message: string;
      readonly newer?: unknown;
      readonly status?: 201;
      /** Query with which the same call answers what comes behind this. */
      readonly next?: string;
    }
  | FileOutcome;

export interface FileOutcome {
  readonly path: string;
  /** What the call answers where there is no such file: it was removed. */
  readonly gone: string;
  readonly mediaType: string;
  readonly filename: string;
}
