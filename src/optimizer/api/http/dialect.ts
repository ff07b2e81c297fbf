import { STATUS_CODES } from 'node:http';
import { type OssError, toOssError } from '../../../contract/errors.ts';
import type { RefusalDetails } from '../../../contract/optimizer-api/index.ts';
import type { DialectName } from '../store/records.ts';
import { Refusal } from './refusal.ts';

/** What a call answers, before a dialect gives it its envelope. */
export type Outcome =
  /** One sentence. */
  | { readonly text: string }
  /** A value; `newer` where that dialect shapes it differently. */
  | {
      readonly value: unknown;
      readonly message: string;
      readonly newer?: unknown;
      readonly status?: 201;
    }
  | FileOutcome;

export interface FileOutcome {
  readonly path: string;
  /** What the call answers where there is no such file: it was removed. */
  readonly gone: string;
  readonly mediaType: string;
  readonly filename: string;
}

export interface Dialect {
  readonly name: DialectName;
  readonly prefix: string;
  /** @param misspelt the newer dialect writes `messsage` here; both are sent */
  success(outcome: Exclude<Outcome, FileOutcome>, misspelt: boolean): unknown;
  failure(refusal: Pick<Refusal, 'httpStatus' | 'answer' | 'statusText'>): unknown;
}

export const classicDialect: Dialect = {
  name: 'classic',
  prefix: '/api/v1',
  success: (outcome) =>
    'text' in outcome
      ? { status: '200 OK', details: outcome.text }
      : {
          status: `${outcome.status ?? 200} ${STATUS_CODES[outcome.status ?? 200]}`,
          details: outcome.value,
        },
  failure: ({ answer, statusText }) =>
    statusText === INVALID_JSON
      ? { status: statusText, details: answer, title: statusText, description: answer }
      : { status: statusText, details: answer },
};

/** `status` of a body that is not JSON; older clients look for `title` and `description`. */
export const INVALID_JSON = 'Invalid JSON';

/** The documents say `details` in one place and `detail` in another: both are sent. */
export const newerDialect: Dialect = {
  name: 'newer',
  prefix: '/oneshot/api/v1',
  success(outcome, misspelt) {
    if ('text' in outcome) return { status: 'success', message: outcome.text };
    const details = outcome.newer ?? outcome.value;
    const { message } = outcome;
    return {
      status: 'success',
      message,
      ...(misspelt ? { messsage: message } : {}),
      details,
      detail: details,
    };
  },
  failure: ({ answer, statusText }) =>
    typeof answer === 'string'
      ? { status: 'error', message: answer }
      : { status: 'error', message: statusText, details: answer, detail: answer },
};

/** A failure that no text of the older Optimizer describes keeps our own words, and its status. */
export function toRefusal(thrown: unknown): Pick<Refusal, 'httpStatus' | 'answer' | 'statusText'> {
  if (thrown instanceof Refusal) return thrown;
  const error = toOssError(thrown);
  // Those of the officer towards the signature service: 401 would speak of the caller's own.
  if (error.code === 'OSS_CREDENTIALS_INVALID') {
    return new Refusal(403, 'Invalid RAO Credentials', { cause: error });
  }
  return new Refusal(error.status, describe(error), { cause: error });
}

const describe = (error: OssError): RefusalDetails => `${error.message} ${error.action} [${error.code}]`;
