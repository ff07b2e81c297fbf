import { z } from 'zod';
import { OssError } from '../../../contract/errors.ts';
import { safelyParsed } from '../http-client.ts';

const refusalSchema = z.looseObject({ error: z.string() });

/** Refusals of a code or a PIN, as v1 and v2 name them. */
const OF_THE_CODE: readonly string[] = ['invalid_otp', 'invalid_pin', 'invalid_authentication_data'];
const OF_THE_STATION: readonly string[] = [
  'invalid_token',
  'expired_token',
  'unauthorized_client',
  'invalid_client',
  'invalid_grant',
  'authentication_error',
];
const PASSING: readonly string[] = ['server_error', 'temporarily_unavailable'];

/**
 * What a refusal means (CSC API v2 §10). Its description is for people and differs from provider to provider: nothing
 * is decided by it, and since it may repeat what was sent, it is not kept either.
 */
export function cscError(status: number, answer: Uint8Array, wait: number, path: string): OssError {
  const parsed = refusalSchema.safeParse(safelyParsed(answer));
  const error = parsed.success ? parsed.data.error.slice(0, 60) : undefined;
  const details = {
    status,
    path,
    ...(error !== undefined && /^\w+$/.test(error) ? { reason: error } : {}),
    ...(wait > 0 ? { retryAfterSeconds: wait } : {}),
  };
  if (error !== undefined && OF_THE_CODE.includes(error)) return new OssError('OSS_OTP_REFUSED', details);
  if (status === 401 || (error !== undefined && OF_THE_STATION.includes(error)))
    return new OssError('OSS_CREDENTIALS_INVALID', details);
  if (status === 403 || error === 'access_denied') return new OssError('OSS_FORBIDDEN', details);
  if (status === 429) return new OssError('OSS_RATE_LIMITED', details);
  if (status >= 500 || (error !== undefined && PASSING.includes(error)))
    return new OssError('OSS_SERVICE_FAILED', details);
  return new OssError('OSS_SERVICE_RESPONSE_INVALID', details);
}
