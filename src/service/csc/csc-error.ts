/** Errors in the words of the Cloud Signature Consortium (CSC API v2 chapter 10; RFC 6749 §5.2). */
import { OssError } from '../../contract/errors.ts';

export type CscErrorName =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'access_denied'
  | 'invalid_token'
  | 'authentication_error'
  | 'invalid_authentication_data'
  | 'invalid_pin'
  | 'invalid_otp'
  | 'invalid_hash'
  | 'server_error'
  | 'temporarily_unavailable';

const STATUSES: Partial<Record<CscErrorName, number>> = {
  invalid_client: 401,
  invalid_token: 401,
  authentication_error: 401,
  server_error: 500,
  temporarily_unavailable: 503,
};

export class CscError extends Error {
  override readonly name = 'CscError';
  readonly error: CscErrorName;
  readonly status: number;

  /** @param description for the developer of the client; the standard gives the texts of many */
  constructor(error: CscErrorName, description: string, status = STATUSES[error] ?? 400) {
    super(description);
    this.error = error;
    this.status = status;
  }
}

export const invalidParameter = (name: string): CscError =>
  new CscError('invalid_request', `Invalid parameter ${name}`);
export const missingParameter = (name: string): CscError =>
  new CscError('invalid_request', `Missing (or invalid type) string parameter ${name}`);

/** What went wrong behind the interface; nothing of it is told that the caller cannot mend. */
export function toCscError(thrown: unknown): CscError {
  if (thrown instanceof CscError) return thrown;
  if (!(thrown instanceof OssError)) return new CscError('server_error', 'The service failed.');
  const { code, status, message } = thrown;
  const described = [message, ...fieldsOf(thrown)].join(' ');
  if (code === 'OSS_RATE_LIMITED') return new CscError('temporarily_unavailable', message, 429);
  if (code === 'OSS_CREDENTIALS_INVALID') return new CscError('invalid_token', described);
  if (code === 'OSS_REQUEST_NOT_FOUND' || code === 'OSS_NOT_FOUND' || code === 'OSS_FORBIDDEN')
    return invalidParameter('credentialID');
  if (status === 503) return new CscError('temporarily_unavailable', message);
  if (status >= 500) return new CscError('server_error', message);
  return new CscError('invalid_request', described);
}

function fieldsOf({ details }: OssError): string[] {
  const { fields, reason } = details as { fields?: readonly string[]; reason?: unknown };
  if (Array.isArray(fields)) return [fields.join('; ')];
  return typeof reason === 'string' ? [reason] : [];
}
