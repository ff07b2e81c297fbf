import { STATUS_CODES } from 'node:http';
import { type ErrorCode, OssError } from '../../../contract/errors.ts';
import type { RefusalDetails } from '../../../contract/optimizer-api/index.ts';

const CODES: Readonly<Record<number, ErrorCode>> = {
  400: 'OSS_REQUEST_INVALID',
  403: 'OSS_FORBIDDEN',
  404: 'OSS_NOT_FOUND',
  405: 'OSS_REQUEST_INVALID',
  412: 'OSS_TRANSACTION_STATE',
  413: 'OSS_PAYLOAD_TOO_LARGE',
  415: 'OSS_REQUEST_INVALID',
};

/** A refusal with the status and the text that client applications know from the older Optimizer. */
export class Refusal extends OssError {
  readonly httpStatus: number;
  readonly answer: RefusalDetails;
  /** Where it differs from the reason of the status. */
  readonly statusText: string;

  constructor(
    httpStatus: number,
    answer: RefusalDetails,
    options: { statusText?: string; cause?: unknown } = {},
  ) {
    const { statusText = `${httpStatus} ${STATUS_CODES[httpStatus] ?? ''}`, cause } = options;
    super(CODES[httpStatus] ?? 'OSS_INTERNAL', {}, { cause });
    this.httpStatus = httpStatus;
    this.answer = answer;
    this.statusText = statusText;
  }
}

/** `Missing required parameter: 'secret'`, or the plural for several. */
export const missingParameters = (...names: readonly string[]): Refusal =>
  new Refusal(
    400,
    names.length === 1
      ? `Missing required parameter: '${names[0]}'`
      : `Missing required parameters: ${names.join(', ')}`,
  );
