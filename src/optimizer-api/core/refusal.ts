import { PackedBodyFault } from '../../base/unpacked-body.ts';
import { type ErrorCode, OssError, toOssError } from '../../contract/errors.ts';
import type { RefusalDetails } from '../../contract/optimizer-api/index.ts';
import { secondsToWait } from '../../contract/retry-after.ts';

const CODES: Readonly<Record<number, ErrorCode>> = {
  400: 'OSS_REQUEST_INVALID',
  403: 'OSS_FORBIDDEN',
  404: 'OSS_NOT_FOUND',
  405: 'OSS_REQUEST_INVALID',
  412: 'OSS_TRANSACTION_STATE',
  413: 'OSS_PAYLOAD_TOO_LARGE',
  415: 'OSS_REQUEST_INVALID',
};

export type RefusalFacts = Pick<Refusal, 'httpStatus' | 'response' | 'heading' | 'retryAfterSeconds'>;

/** A refusal with the status and the text that client applications know from the older Optimizer. */
export class Refusal extends OssError {
  readonly httpStatus: number;
  readonly response: RefusalDetails;
  /** Stands in place of the status and its reason, where clients look for something else. */
  readonly heading: string | undefined;
  /** Seconds after which the call may succeed, where waiting can help. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    httpStatus: number,
    response: RefusalDetails,
    { heading, cause }: { heading?: string; cause?: unknown } = {},
  ) {
    super(CODES[httpStatus] ?? 'OSS_INTERNAL', {}, { cause });
    this.httpStatus = httpStatus;
    this.response = response;
    this.heading = heading;
    this.retryAfterSeconds = cause instanceof OssError ? secondsToWait(cause) : undefined;
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

/** A failure that no text of the older Optimizer describes keeps our own words, and its status. */
export function toRefusal(thrown: unknown): RefusalFacts {
  if (thrown instanceof Refusal) return thrown;
  if (thrown instanceof PackedBodyFault) return packedRefusal(thrown);
  const error = toOssError(thrown);
  // Those of the officer towards the signature service: 401 would speak of the caller's own.
  if (error.code === 'OSS_CREDENTIALS_INVALID') {
    return new Refusal(403, 'Invalid RAO Credentials', { cause: error });
  }
  return new Refusal(error.status, describe(error), { cause: error });
}

const describe = (error: OssError): RefusalDetails => `${error.message} ${error.action} [${error.code}]`;

const PACKED = { unknown: 415, damaged: 400, tooLarge: 413 } as const;

/** Of a body that cannot be unpacked as its header says. */
export const packedRefusal = (fault: PackedBodyFault): Refusal =>
  new Refusal(PACKED[fault.kind], fault.message, { cause: fault });

/** Of a body that did not arrive whole. @param cause what it failed with, where that is known */
export const interruption = (cause?: unknown): Refusal =>
  cause instanceof PackedBodyFault
    ? packedRefusal(cause)
    : new Refusal(400, 'The upload was interrupted', { cause });
