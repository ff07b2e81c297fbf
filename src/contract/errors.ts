import english from '../../resources/locales/en/errors.json';

interface ErrorRule {
  /** The HTTP status when the error crosses HTTP. */
  readonly status: number;
  /** The same step may be tried again without changing anything (the service was away), not that it will succeed. */
  readonly retryable: boolean;
}

/** What happened and what to do next, in words a clerk can act on. */
export interface ErrorText {
  readonly message: string;
  readonly action: string;
}

const entry = (status: number, retryable = false): ErrorRule => Object.freeze({ status, retryable });

/**
 * The one table of errors. Every failure that can reach a person or cross a process is one of these codes; what each
 * says stands in `resources/locales/<language>/errors.json`.
 */
const TABLE = Object.freeze({
  // Documents: what the reader and the preflight find.
  OSS_PDF_EMPTY: entry(422),
  OSS_PDF_NOT_A_PDF: entry(422),
  OSS_PDF_HEADER_JUNK: entry(422),
  OSS_PDF_TRUNCATED: entry(422),
  OSS_PDF_XREF_DAMAGED: entry(422),
  OSS_PDF_DAMAGED_SIGNED: entry(422),
  OSS_PDF_MALFORMED: entry(422),
  OSS_PDF_LIMIT: entry(422),
  OSS_PDF_PASSWORD_NEEDED: entry(422),
  OSS_PDF_ENCRYPTION_UNSUPPORTED: entry(422),
  OSS_PDF_PERMISSION_DENIED: entry(422),
  OSS_PDF_CERTIFIED_NO_CHANGES: entry(422),
  OSS_PDF_CERTIFIED_INVISIBLE_ONLY: entry(422),
  OSS_PDF_CERTIFY_FIRST_ONLY: entry(422),
  OSS_PDF_FIELD_LOCKED: entry(422),
  OSS_PDF_FIELD_UNUSABLE: entry(422),
  OSS_PDF_EARLIER_SIGNATURE_INVALID: entry(422),
  OSS_PDF_WOULD_NOT_VERIFY: entry(422),
  OSS_PDF_PAGE_NOT_FOUND: entry(422),
  OSS_PDF_RECTANGLE_INVALID: entry(422),
  OSS_PDF_IMAGE_INVALID: entry(422),
  OSS_PDF_TEXT_UNSUPPORTED: entry(422),
  OSS_PDF_CONTENTS_OVERFLOW: entry(500, true),
  OSS_PDF_NO_SIGNATURE: entry(422),

  // What one document may take of this computer.
  OSS_WORK_TIME_LIMIT: entry(422),
  OSS_WORK_MEMORY_LIMIT: entry(422),
  OSS_WORK_CRASHED: entry(422),
  OSS_SET_ASIDE: entry(409),

  // Files and storage on the workstation.
  OSS_FILE_NOT_FOUND: entry(404),
  OSS_FILE_EXISTS: entry(409),
  OSS_FILE_WRITE_FAILED: entry(500, true),
  OSS_FOLDER_UNUSABLE: entry(400),
  OSS_FILE_CHANGED: entry(409),
  OSS_PRINT_FAILED: entry(500, true),
  OSS_DUPLICATE_DOCUMENT: entry(422),

  OSS_DATA_IN_USE: entry(409, true),

  // Transactions.
  OSS_TRANSACTION_NOT_FOUND: entry(404),
  OSS_TRANSACTION_STATE: entry(409),
  OSS_STOPPED: entry(409, true),
  OSS_TRANSACTION_BUSY: entry(409, true),
  OSS_CASE_NOT_FOUND: entry(404),
  OSS_CASE_STATE: entry(409),
  OSS_SEAL_NOT_OFFERED: entry(422),
  OSS_JOURNAL_DAMAGED: entry(500),
  OSS_JOURNAL_UNKNOWN: entry(500),
  OSS_RECORD_DAMAGED: entry(500),
  OSS_DISK_FULL: entry(507, true),
  OSS_TOO_MANY_FILES: entry(503, true),
  OSS_EVIDENCE_NOT_WRITTEN: entry(500, true),
  OSS_EVIDENCE_NOT_FOUND: entry(404),
  OSS_EVIDENCE_DAMAGED: entry(500),

  // What the signature service refuses.
  OSS_REQUEST_INVALID: entry(400),
  OSS_CREDENTIALS_INVALID: entry(401),
  OSS_FORBIDDEN: entry(403),
  OSS_NOT_FOUND: entry(404),
  OSS_REQUEST_NOT_FOUND: entry(404),
  OSS_REQUEST_STATE: entry(409),
  OSS_REQUEST_EXPIRED: entry(410),
  OSS_PROFILE_UNKNOWN: entry(422),
  OSS_TOO_MANY_DOCUMENTS: entry(422),
  OSS_PAYLOAD_TOO_LARGE: entry(413),
  OSS_RATE_LIMITED: entry(429, true),
  OSS_IDEMPOTENCY_CONFLICT: entry(409),
  OSS_OTP_REFUSED: entry(403),
  OSS_OTP_TOO_SOON: entry(429, true),
  OSS_OTP_LIMIT: entry(429),
  OSS_OTP_DELIVERY_FAILED: entry(502, true),
  OSS_OTP_SANDBOX_ONLY: entry(403),
  OSS_SIGNING_DIGESTS_CHANGED: entry(409),
  OSS_SIGNING_PREPARED_TOO_LONG_AGO: entry(409),
  OSS_SIGNING_CLOCK_SKEW: entry(409),
  OSS_SIGNING_IN_PROGRESS: entry(409, true),
  OSS_SIGNING_DONE: entry(409),
  OSS_SIGNING_INTERRUPTED: entry(409),
  OSS_CERTIFICATE_LINT: entry(500),
  OSS_DATABASE_UNAVAILABLE: entry(503, true),
  OSS_KEYS_UNAVAILABLE: entry(503, true),
  OSS_TIME_NOT_AVAILABLE: entry(503, true),

  // What the station finds wrong with the service.
  OSS_SERVICE_UNREACHABLE: entry(503, true),
  OSS_SERVICE_TIMEOUT: entry(504, true),
  OSS_SERVICE_FAILED: entry(502, true),
  OSS_SERVICE_RESPONSE_INVALID: entry(502),
  OSS_SERVICE_WRONG_DIGEST: entry(502),
  OSS_SERVICE_WRONG_CHAIN: entry(502),
  OSS_SERVICE_WRONG_SUBJECT: entry(502),
  OSS_SERVICE_WRONG_SIGNATURE: entry(502),
  OSS_SERVICE_WRONG_TIMESTAMP: entry(502),
  OSS_CALLBACK_FAILED: entry(502, true),
  OSS_SOURCE_FAILED: entry(502, true),
  OSS_TIMESTAMP_FAILED: entry(502, true),
  OSS_VALIDATION_DATA_MISSING: entry(502, true),
  OSS_LEVEL_NOT_POSSIBLE: entry(422),
  OSS_CLOCK_WRONG: entry(503, true),
  OSS_ANCHOR_NEEDED: entry(400),

  // The administrator's area.
  OSS_ADMIN_LOCKED: entry(403),
  OSS_ADMIN_PASSWORD_WRONG: entry(401),
  OSS_SECRETS_LOCKED: entry(409),
  OSS_TRANSACTIONS_OPEN: entry(409),
  OSS_CERTIFICATE_FILE_PASSWORD: entry(422),
  OSS_CERTIFICATE_FILE_INVALID: entry(422),
  OSS_CERTIFICATE_FILE_NO_KEY: entry(422),
  OSS_CERTIFICATE_FILE_EXPIRED: entry(422),
  OSS_LOGO_INVALID: entry(422),
  OSS_SETTING_LOCKED: entry(403),

  // Configuration and start.
  OSS_CONFIG_INVALID: entry(400),
  OSS_CONFIG_UNSAFE: entry(500),
  OSS_POLICY_INVALID: entry(500),
  OSS_USAGE: entry(400),
  OSS_CANCELLED: entry(409),
  OSS_INTERNAL: entry(500),
} satisfies Record<string, ErrorRule>);

export type ErrorCode = keyof typeof TABLE;

/** The compiler misses the text of a code here; a test, one that no code has. */
const ENGLISH: Readonly<Record<ErrorCode, ErrorText>> = english;

/** Each code with its rule and its English text, which logs, programs and terminals get. */
export const ERRORS = Object.freeze(
  Object.fromEntries(
    (Object.keys(TABLE) as ErrorCode[]).map((code) => [
      code,
      Object.freeze({ ...TABLE[code], ...ENGLISH[code] }),
    ]),
  ) as Record<ErrorCode, ErrorRule & ErrorText>,
);

export const isErrorCode = (value: unknown): value is ErrorCode =>
  typeof value === 'string' && Object.hasOwn(ERRORS, value);

/** What an error may say beyond its code: field names, counts, times. Never a secret, a code or document content. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** The only error class that crosses a boundary; `cause` keeps what led to it, for logs of this process only. */
export class OssError extends Error {
  override readonly name = 'OssError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    const { reason } = details;
    super(reason === undefined ? ERRORS[code].message : `${ERRORS[code].message} (${reason})`, options);
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }

  get action(): string {
    return ERRORS[this.code].action;
  }
}

/** What the system or SQLite says where a computer has come to one of its ends, which time or a person can mend. */
const RESOURCES_SPENT: Readonly<Record<string, ErrorCode>> = Object.freeze({
  ENOSPC: 'OSS_DISK_FULL',
  EDQUOT: 'OSS_DISK_FULL',
  EFBIG: 'OSS_DISK_FULL',
  SQLITE_FULL: 'OSS_DISK_FULL',
  EMFILE: 'OSS_TOO_MANY_FILES',
  ENFILE: 'OSS_TOO_MANY_FILES',
});

/**
 * Turns anything thrown into an OssError: a full disk and the like by their name, and what else is not ours becomes
 * OSS_INTERNAL with its cause kept.
 */
export function toOssError(thrown: unknown): OssError {
  if (thrown instanceof OssError) return thrown;
  return new OssError(resourceSpent(thrown) ?? 'OSS_INTERNAL', {}, { cause: thrown });
}

/** Why a file could not be written: a full disk by its name, what else there is as OSS_FILE_WRITE_FAILED. */
export function writeFailure(thrown: unknown, details: ErrorDetails = {}): OssError {
  if (thrown instanceof OssError) return thrown;
  return new OssError(resourceSpent(thrown) ?? 'OSS_FILE_WRITE_FAILED', details, { cause: thrown });
}

function resourceSpent(thrown: unknown): ErrorCode | undefined {
  const { code } = (thrown ?? {}) as { code?: unknown };
  return typeof code === 'string' && Object.hasOwn(RESOURCES_SPENT, code) ? RESOURCES_SPENT[code] : undefined;
}
