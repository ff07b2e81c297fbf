/**
 * The one table of errors. Every failure that can reach a person or cross a process is one of these
 * codes; each says what happened and what to do next, in words a clerk can act on.
 *
 * `status` is the HTTP status when the error crosses HTTP. `retryable` means that the same step may be
 * tried again without changing anything (the service was away), not that it will succeed.
 */
interface ErrorEntry {
  readonly status: number;
  readonly retryable: boolean;
  readonly message: string;
  readonly action: string;
}

const entry = (status: number, message: string, action: string, retryable = false): ErrorEntry =>
  Object.freeze({ status, retryable, message, action });

export const ERRORS = Object.freeze({
  // Documents: what the reader and the preflight find.
  OSS_PDF_EMPTY: entry(422, 'The file is empty.', 'Ask for the document again; this copy has no content.'),
  OSS_PDF_NOT_A_PDF: entry(
    422,
    'The file is not a PDF.',
    'Export or print the document as a PDF and add that file.',
  ),
  OSS_PDF_HEADER_JUNK: entry(
    422,
    'There are foreign bytes before the start of the PDF, so independent validators would reject its signature.',
    'Open the document, save it as a new PDF and add that file.',
  ),
  OSS_PDF_TRUNCATED: entry(
    422,
    'The PDF is cut off: its end is missing.',
    'Copy or download the document again; the transfer was probably interrupted.',
  ),
  OSS_PDF_XREF_DAMAGED: entry(
    422,
    'The table of contents inside the PDF (its cross-reference) is damaged.',
    'Open the document, save it as a new PDF and add that file.',
  ),
  OSS_PDF_DAMAGED_SIGNED: entry(
    422,
    'The PDF is damaged and carries a signature, which a repair would put in doubt.',
    'Ask for an undamaged copy; the signed original must not be saved again.',
  ),
  OSS_PDF_MALFORMED: entry(
    422,
    'The PDF is malformed and cannot be signed safely.',
    'Open the document, save it as a new PDF and add that file.',
  ),
  OSS_PDF_LIMIT: entry(
    422,
    'The PDF exceeds a safety limit (nesting, size of an object or number of revisions).',
    'Open the document, print it to a new PDF and add that file.',
  ),
  OSS_PDF_PASSWORD_NEEDED: entry(
    422,
    'The PDF is protected by a password.',
    'Ask for the password or for a copy without one.',
  ),
  OSS_PDF_ENCRYPTION_UNSUPPORTED: entry(
    422,
    'The PDF is encrypted with a method that is not supported.',
    'Ask for a copy without encryption.',
  ),
  OSS_PDF_PERMISSION_DENIED: entry(
    422,
    'The author of the PDF does not permit it to be signed or filled in.',
    'Ask the author for a copy that permits signing.',
  ),
  OSS_PDF_CERTIFIED_NO_CHANGES: entry(
    422,
    'The PDF is certified and its author forbids any change, a further signature included.',
    'Ask the author for a copy that permits signing.',
  ),
  OSS_PDF_CERTIFIED_INVISIBLE_ONLY: entry(
    422,
    'The PDF is certified: validators reject a further signature that shows something new on a page.',
    'Sign invisibly, or in a signature field that the author provided.',
  ),
  OSS_PDF_FIELD_LOCKED: entry(
    422,
    'An earlier signature locks the form fields of this PDF, so a further signature would break it.',
    'Ask the author for a copy that permits a further signature.',
  ),
  OSS_PDF_FIELD_UNUSABLE: entry(
    422,
    'The signature field cannot be used: its name is taken, or its author demands another kind of signature.',
    'Choose another field, or sign without naming one.',
  ),
  OSS_PDF_EARLIER_SIGNATURE_INVALID: entry(
    422,
    'The PDF carries an earlier signature that is not valid, or was changed after it was signed.',
    'Do not sign this copy; ask for the original.',
  ),
  OSS_PDF_WOULD_NOT_VERIFY: entry(
    422,
    'The PDF is built in such a way that a signature in it would not be valid afterwards.',
    'Open the document, print it to a new PDF and add that file.',
  ),
  OSS_PDF_PAGE_NOT_FOUND: entry(422, 'The PDF has no such page.', 'Choose a page that exists.'),
  OSS_PDF_RECTANGLE_INVALID: entry(
    422,
    'The place of the visible signature is not on the page.',
    'Choose a rectangle inside the page.',
  ),
  OSS_PDF_IMAGE_INVALID: entry(
    422,
    'The picture for the visible signature is not a usable PNG or JPEG.',
    'Choose another picture.',
  ),
  OSS_PDF_TEXT_UNSUPPORTED: entry(
    422,
    'Something that is to be printed has a character that no installed typeface shows.',
    'Change the text, or have a typeface for that script put into the font folder (ONESHOT_FONTS).',
  ),
  OSS_PDF_CONTENTS_OVERFLOW: entry(
    500,
    'The signature is larger than the space reserved for it; nothing was written.',
    'Try again; tell support if it happens again.',
    true,
  ),
  OSS_PDF_NO_SIGNATURE: entry(422, 'The PDF carries no signature.', 'Choose a signed PDF.'),

  // What one document may take of this computer.
  OSS_WORK_TIME_LIMIT: entry(
    422,
    'The work on this document took longer than a document may take, and was stopped.',
    'Open the document, print it to a new PDF and add that file. Other documents can go on.',
  ),
  OSS_WORK_MEMORY_LIMIT: entry(
    422,
    'The work on this document needed more memory than a document may take, and was stopped.',
    'Open the document, print it to a new PDF and add that file. Other documents can go on.',
  ),
  OSS_WORK_CRASHED: entry(
    422,
    'The program part that works on documents failed on this document.',
    'Try again; if it happens again, print the document to a new PDF and add that file.',
  ),
  OSS_SET_ASIDE: entry(
    409,
    'Going on with this after a restart failed twice, so it was set aside; everything else went on.',
    'Try it again by hand, or cancel it and start again without the document that is named.',
  ),

  // Files and storage on the workstation.
  OSS_FILE_NOT_FOUND: entry(
    404,
    'The file does not exist or cannot be read.',
    'Check the name and the permissions of the file.',
  ),
  OSS_FILE_EXISTS: entry(
    409,
    'A file of that name already exists where the signed document would be written.',
    'Choose another folder or move the existing file; nothing is ever overwritten.',
  ),
  OSS_FILE_WRITE_FAILED: entry(
    500,
    'The signed document could not be written.',
    'Check the free space and the permissions of the folder, then try again.',
    true,
  ),
  OSS_FOLDER_UNUSABLE: entry(
    400,
    'The folder cannot be written to.',
    'Check the name, the permissions and the free space of the folder, or choose another.',
  ),
  OSS_FILE_CHANGED: entry(
    409,
    'The document changed between being shown and being signed.',
    'Start again with the document as it is now.',
  ),
  OSS_PRINT_FAILED: entry(
    500,
    'The document could not be printed.',
    'Check the printer, or open the file in another program and print it there.',
    true,
  ),
  OSS_DUPLICATE_DOCUMENT: entry(
    422,
    'The same document is twice in the transaction.',
    'Remove one of the two.',
  ),

  OSS_DATA_IN_USE: entry(
    409,
    'Another One-Shot program is using this data directory.',
    'Wait until it has ended, or give this one another data directory.',
    true,
  ),

  // Transactions.
  OSS_TRANSACTION_NOT_FOUND: entry(404, 'There is no such transaction.', 'Start a new transaction.'),
  OSS_TRANSACTION_STATE: entry(
    409,
    'The transaction is not at a step where this is possible.',
    'Go on from the step that the transaction shows, or cancel it.',
  ),
  OSS_STOPPED: entry(
    409,
    'You stopped waiting; what had begun is cancelled.',
    'Try again, or check the connection to the signature service.',
    true,
  ),
  OSS_TRANSACTION_BUSY: entry(
    409,
    'Another program is working on this transaction.',
    'Wait until it has finished.',
    true,
  ),
  OSS_JOURNAL_DAMAGED: entry(
    500,
    'The record of this transaction cannot be read.',
    'Cancel it and start again; the original documents are untouched.',
  ),
  OSS_JOURNAL_UNKNOWN: entry(
    500,
    'The record of this transaction was written by another version of this program, which knows more.',
    'Install that version again; the record was not changed.',
  ),
  OSS_RECORD_DAMAGED: entry(
    500,
    'A stored record cannot be read; it was set aside, and everything else goes on.',
    'Restore it from a backup, or remove the request and start again.',
  ),
  OSS_DISK_FULL: entry(
    507,
    'The disk is full.',
    'Free some space, then try again; nothing that was acknowledged is lost.',
    true,
  ),
  OSS_TOO_MANY_FILES: entry(
    503,
    'The system does not let this program open any more files.',
    'Try again; raise the limit of open files if it happens again.',
    true,
  ),
  OSS_EVIDENCE_NOT_WRITTEN: entry(
    500,
    'The evidence of this transaction could not be written.',
    'Check the free space of this computer; the evidence is written when the station starts again.',
    true,
  ),
  OSS_EVIDENCE_NOT_FOUND: entry(
    404,
    'There is no evidence of this transaction yet.',
    'Finish or cancel the transaction first.',
  ),
  OSS_EVIDENCE_DAMAGED: entry(
    500,
    'The evidence of this station is damaged: a record is missing, altered or out of order.',
    'Run `oneshot evidence check` to see which one, and keep the files as they are.',
  ),

  // What the signature service refuses.
  OSS_REQUEST_INVALID: entry(400, 'The data sent is not valid.', 'Correct the fields named and try again.'),
  OSS_CREDENTIALS_INVALID: entry(
    401,
    'The user name, password or PIN of the registration officer is wrong.',
    'Check the credentials of the registration officer.',
  ),
  OSS_FORBIDDEN: entry(
    403,
    'The registration officer may not do this.',
    'Ask the administrator for the permission.',
  ),
  OSS_NOT_FOUND: entry(404, 'There is nothing at this address.', 'Check the identifier.'),
  OSS_REQUEST_NOT_FOUND: entry(
    404,
    'The signature service does not know this request.',
    'Start a new transaction.',
  ),
  OSS_REQUEST_STATE: entry(
    409,
    'The request is not at a step where this is possible.',
    'Check the state of the request; start a new one if it has ended.',
  ),
  OSS_REQUEST_EXPIRED: entry(410, 'The request has expired.', 'Start a new transaction.'),
  OSS_PROFILE_UNKNOWN: entry(
    422,
    'The signature service does not offer this profile.',
    'Choose one of the profiles that the service lists.',
  ),
  OSS_PAYLOAD_TOO_LARGE: entry(413, 'Too much data was sent.', 'Send less at a time.'),
  OSS_RATE_LIMITED: entry(429, 'Too many calls in a short time.', 'Wait a moment and try again.', true),
  OSS_IDEMPOTENCY_CONFLICT: entry(
    409,
    'The same idempotency key was used with different data.',
    'Use a new key for a new operation.',
  ),
  OSS_OTP_REFUSED: entry(
    403,
    'The code was not accepted.',
    'Check the digits of the newest SMS, or ask for a new code.',
  ),
  OSS_OTP_TOO_SOON: entry(429, 'A code was sent a moment ago.', 'Wait until a new code can be sent.', true),
  OSS_OTP_LIMIT: entry(429, 'No more codes can be sent for now.', 'Wait, or cancel and start again later.'),
  OSS_OTP_DELIVERY_FAILED: entry(
    502,
    'The SMS could not be delivered to the gateway.',
    'Check the phone number and ask for a new code.',
    true,
  ),
  OSS_OTP_SANDBOX_ONLY: entry(
    403,
    'The simulated SMS can be read in sandbox mode only.',
    'Type the code that the signer received.',
  ),
  OSS_SIGNING_DIGESTS_CHANGED: entry(
    409,
    'The documents are not those for which the code was sent.',
    'Ask for a new code for the documents as they are now.',
  ),
  OSS_SIGNING_PREPARED_TOO_LONG_AGO: entry(
    409,
    'The documents were prepared too long ago for a certificate of this lifetime.',
    'Ask for a new code; the documents are prepared again.',
  ),
  OSS_SIGNING_CLOCK_SKEW: entry(
    409,
    'The clock of this workstation does not agree with the signature service.',
    'Set the clock of the workstation and try again.',
  ),
  OSS_SIGNING_IN_PROGRESS: entry(
    409,
    'This request is being signed.',
    'Wait for the answer of the first call.',
    true,
  ),
  OSS_SIGNING_DONE: entry(
    409,
    'This request is already signed.',
    'Fetch the result with the key of the first call.',
  ),
  OSS_SIGNING_INTERRUPTED: entry(
    409,
    'The signature service was interrupted while signing; nothing was issued.',
    'Ask for a new code and sign again.',
  ),
  OSS_CERTIFICATE_LINT: entry(
    500,
    'The certificate would break its own profile and was not issued.',
    'Tell the operator of the signature service.',
  ),
  OSS_DATABASE_UNAVAILABLE: entry(
    503,
    'The signature service has no connection to its database.',
    'Try again in a moment; nothing is signed twice.',
    true,
  ),
  OSS_TIME_NOT_AVAILABLE: entry(
    503,
    'The time-stamp authority has no reliable time.',
    'Try again in a moment.',
    true,
  ),

  // What the station finds wrong with the service.
  OSS_SERVICE_UNREACHABLE: entry(
    503,
    'The signature service cannot be reached.',
    'Check the network and the address of the service, then try again.',
    true,
  ),
  OSS_SERVICE_TIMEOUT: entry(
    504,
    'The signature service did not answer in time.',
    'Try again; nothing is signed twice.',
    true,
  ),
  OSS_SERVICE_FAILED: entry(
    502,
    'The signature service reported an internal failure.',
    'Try again in a moment; tell the operator if it happens again.',
    true,
  ),
  OSS_SERVICE_NONSENSE: entry(
    502,
    'The signature service gave an answer that is not understood.',
    'Check that the address is that of a signature service.',
  ),
  OSS_SERVICE_WRONG_DIGEST: entry(
    502,
    'The signature service signed something other than what was asked; nothing was written.',
    'Do not go on; tell the operator of the service.',
  ),
  OSS_SERVICE_WRONG_CHAIN: entry(
    502,
    'The certificate does not come from the trusted authority; nothing was written.',
    'Check the trust anchor in the settings and tell the operator of the service.',
  ),
  OSS_SERVICE_WRONG_SUBJECT: entry(
    502,
    'The certificate names another person than the signer; nothing was written.',
    'Do not go on; tell the operator of the service.',
  ),
  OSS_SERVICE_WRONG_SIGNATURE: entry(
    502,
    'The signature that came back does not verify; nothing was written.',
    'Do not go on; tell the operator of the service.',
  ),
  OSS_SERVICE_WRONG_TIMESTAMP: entry(
    502,
    'The time stamp that came back does not verify; nothing was written.',
    'Do not go on; tell the operator of the service.',
  ),
  OSS_CALLBACK_FAILED: entry(
    502,
    'An application could not be told of a change.',
    'It is tried again by itself; `oneshot callbacks` lists what has failed.',
    true,
  ),
  OSS_SOURCE_FAILED: entry(
    502,
    'A time-stamp authority or a revocation service did not answer usefully.',
    'Try again later.',
    true,
  ),
  OSS_TIMESTAMP_FAILED: entry(
    502,
    'No time-stamp authority gave a time stamp that verifies; no lower level was taken instead.',
    'Try again later, or name another time-stamp authority.',
    true,
  ),
  OSS_VALIDATION_DATA_MISSING: entry(
    502,
    'The certificates or revocation data that the level needs could not be had; no lower level was taken instead.',
    'Try again when the revocation services of the authorities answer.',
    true,
  ),
  OSS_LEVEL_NOT_POSSIBLE: entry(
    422,
    'A signature in the document cannot be raised to this level.',
    'Verify the document to see why: it must be valid and come from a trusted authority.',
  ),
  OSS_ANCHOR_NEEDED: entry(
    400,
    'No trust anchor is set for this signature service.',
    'Give the certificate of the root authority (PEM) that you received from the operator.',
  ),

  // The administrator's area.
  OSS_ADMIN_LOCKED: entry(403, 'The administration is locked.', 'Enter the password of the administrator.'),
  OSS_ADMIN_PASSWORD_WRONG: entry(
    401,
    'That is not the password of the administrator.',
    'Try again; after several wrong ones there is a pause that grows.',
  ),
  OSS_SECRETS_LOCKED: entry(
    409,
    'This computer has no keychain, and the file that keeps the secrets instead is locked.',
    'Enter the passphrase of the file.',
  ),
  OSS_TRANSACTIONS_OPEN: entry(
    409,
    'Transactions are open that only the present signature service can finish.',
    'Finish or cancel them, then change the service.',
  ),
  OSS_CERTIFICATE_FILE_PASSWORD: entry(
    422,
    'The password does not open the file.',
    'Check the password that came with the file.',
  ),
  OSS_CERTIFICATE_FILE_INVALID: entry(
    422,
    'The file holds no certificate that can be used here.',
    'Ask for the file again, in one of the formats named.',
  ),
  OSS_CERTIFICATE_FILE_NO_KEY: entry(
    422,
    'The file holds no private key that belongs to a certificate in it.',
    'Export the certificate again together with its key.',
  ),
  OSS_CERTIFICATE_FILE_EXPIRED: entry(
    422,
    'The certificate in the file is not valid today.',
    'Ask for one that is valid.',
  ),
  OSS_LOGO_INVALID: entry(
    422,
    'The picture is not a PNG of at most 256 KB and 2,000 pixels a side.',
    'Choose another picture.',
  ),

  // Configuration and start.
  OSS_CONFIG_INVALID: entry(400, 'The configuration is not valid.', 'Correct the entries named.'),
  OSS_CONFIG_UNSAFE: entry(
    500,
    'The service refuses to start in production mode with this configuration.',
    'Correct the entries named.',
  ),
  OSS_USAGE: entry(400, 'The command was not understood.', 'See `oneshot help`.'),
  OSS_CANCELLED: entry(409, 'Cancelled.', 'Nothing was signed.'),
  OSS_INTERNAL: entry(
    500,
    'An unexpected failure occurred.',
    'Try again; send the diagnostics report to support if it happens again.',
  ),
} satisfies Record<string, ErrorEntry>);

export type ErrorCode = keyof typeof ERRORS;

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
