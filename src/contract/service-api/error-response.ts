import { z } from 'zod';
import { ERRORS, type ErrorCode, isErrorCode, OssError } from '../errors.ts';

/** The one shape of every error that leaves an HTTP surface of ours. */
export const errorResponseSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    action: z.string(),
    retryable: z.boolean(),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  }),
});

export type ErrorResponse = z.infer<typeof errorResponseSchema>;

export const toErrorResponse = (error: OssError): ErrorResponse => ({
  error: {
    code: error.code,
    message: error.message,
    action: error.action,
    retryable: error.retryable,
    details: Object.fromEntries(
      Object.entries(error.details).map(([key, value]) => [
        key,
        typeof value === 'object' ? [...value] : value,
      ]),
    ),
  },
});

/** An error as the other side described it; a code that this version does not know becomes `fallback`. */
export function fromErrorResponse(response: ErrorResponse, fallback: ErrorCode): OssError {
  const { code, details } = response.error;
  return isErrorCode(code) && ERRORS[code]
    ? new OssError(code, details)
    : new OssError(fallback, { reason: response.error.message });
}
