/** What the process that gives work and the one that does it say to each other. */
import { type ErrorDetails, isErrorCode, OssError, toOssError } from '../../contract/errors.ts';
import type { Jobs } from './jobs.ts';

export type ToWorker =
  | { readonly type: 'run'; readonly name: keyof Jobs; readonly input: unknown }
  | { readonly type: 'answer'; readonly question: number; readonly value: unknown }
  | { readonly type: 'refusal'; readonly question: number; readonly error: SentError };

export type FromWorker =
  | { readonly type: 'ready' }
  /** `megabytes`: what the process holds after its job. */
  | { readonly type: 'done'; readonly value: unknown; readonly megabytes: number }
  | { readonly type: 'failed'; readonly error: SentError; readonly megabytes: number }
  | { readonly type: 'bytes'; readonly read: number; readonly expected: number }
  | { readonly type: 'ask'; readonly question: number; readonly name: string; readonly argument: unknown };

export interface SentError {
  readonly code: string;
  readonly details: ErrorDetails;
  /** What led to it, for logs. */
  readonly cause: string | undefined;
}

export function toSentError(thrown: unknown): SentError {
  const { code, details, cause } = toOssError(thrown);
  return { code, details, cause: cause instanceof Error ? (cause.stack ?? cause.message) : undefined };
}

export function fromSentError({ code, details, cause }: SentError): OssError {
  return new OssError(
    isErrorCode(code) ? code : 'OSS_INTERNAL',
    details,
    cause === undefined ? {} : { cause },
  );
}
