import { z } from 'zod';
import { OssError } from '../../../contract/errors.ts';
import { safelyParsed } from '../http-client.ts';

const refusalSchema = z.looseObject({ status: z.string().optional(), details: z.unknown() });

/** What the numbers mean by the call: 412 of a code that came too soon is none of a request that is over. */
export function vendorError(status: number, answer: Uint8Array, wait: number, path: string): OssError {
  const parsed = refusalSchema.safeParse(safelyParsed(answer));
  const said = parsed.success && typeof parsed.data.details === 'string' ? parsed.data.details : '';
  const details = { status, ...(wait > 0 ? { retryAfterSeconds: wait } : {}) };
  // Some calls say 404 in the body alone.
  const isMissing = status === 404 || (parsed.success && /^404/.test(parsed.data.status ?? ''));
  if (/\/otp\//.test(path) && status === 412)
    return /minute ago/i.test(said)
      ? new OssError('OSS_OTP_TOO_SOON', { retryAfterSeconds: 60, ...details })
      : new OssError('OSS_REQUEST_STATE', details);
  if (/\/sign\//.test(path) && status === 403)
    return /confirmation code/i.test(said)
      ? new OssError('OSS_OTP_REFUSED')
      : new OssError('OSS_FORBIDDEN', details);
  if (status === 412) return new OssError('OSS_REQUEST_STATE', details);
  if (/rao/i.test(said) && (status === 403 || isMissing))
    return new OssError('OSS_CREDENTIALS_INVALID', details);
  if (isMissing) return new OssError('OSS_REQUEST_NOT_FOUND', details);
  if (status === 401) return new OssError('OSS_CREDENTIALS_INVALID', details);
  if (status === 403) return new OssError('OSS_FORBIDDEN', details);
  if (status === 429) return new OssError('OSS_RATE_LIMITED', details);
  if (status === 400 || status === 415 || status === 422) return new OssError('OSS_REQUEST_INVALID', details);
  return new OssError('OSS_SERVICE_FAILED', details);
}
