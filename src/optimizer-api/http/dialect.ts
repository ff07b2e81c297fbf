import { STATUS_CODES } from 'node:http';
import { INVALID_JSON } from '../core/json-body.ts';
import type { FileOutcome, RequestOutcome } from '../core/outcome.ts';
import type { RefusalFacts } from '../core/refusal.ts';
import type { DialectName } from '../store/records.ts';

export interface Dialect {
  readonly name: DialectName;
  readonly prefix: string;
  /** @param misspelt the newer dialect writes `messsage` here; both are sent */
  success(outcome: Exclude<RequestOutcome, FileOutcome>, misspelt: boolean): unknown;
  failure(refusal: RefusalFacts): unknown;
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
  failure: (refusal) => {
    const [status, details] = [headingOf(refusal), refusal.response];
    return status === INVALID_JSON
      ? { status, details, title: status, description: details }
      : { status, details };
  },
};

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
  failure: (refusal) => {
    const { response } = refusal;
    return typeof response === 'string'
      ? { status: 'error', message: response }
      : { status: 'error', message: headingOf(refusal), details: response, detail: response };
  },
};

const headingOf = ({ heading, httpStatus }: RefusalFacts): string =>
  heading ?? `${httpStatus} ${STATUS_CODES[httpStatus] ?? ''}`;
