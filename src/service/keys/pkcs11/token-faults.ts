/**
 * Return values that mean that sessions, handles or the device are gone. Devices disagree about which one they give, so
 * all of them are one class: everything is opened again.
 */
const LOST: ReadonlySet<string> = new Set([
  'CKR_CRYPTOKI_NOT_INITIALIZED',
  'CKR_DEVICE_ERROR',
  'CKR_DEVICE_MEMORY',
  'CKR_DEVICE_REMOVED',
  'CKR_FUNCTION_FAILED',
  'CKR_GENERAL_ERROR',
  'CKR_KEY_HANDLE_INVALID',
  'CKR_OBJECT_HANDLE_INVALID',
  'CKR_OPERATION_NOT_INITIALIZED',
  'CKR_SESSION_CLOSED',
  'CKR_SESSION_HANDLE_INVALID',
  'CKR_SLOT_ID_INVALID',
  'CKR_TOKEN_NOT_PRESENT',
  'CKR_TOKEN_NOT_RECOGNIZED',
  'CKR_USER_NOT_LOGGED_IN',
]);

/** The token is away, or what was spoken of went with it. */
export class TokenLost extends Error {}
/** The token is there and says no. */
export class TokenRefused extends Error {}

/** The name of a return value in an error of the binding; the class of the error where it is another one. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error instanceof TokenLost) return error.message;
  return /CKR_[A-Z0-9_]+/.exec(error.message)?.[0] ?? error.message;
}

export const isLost = (error: unknown): boolean => error instanceof TokenLost || LOST.has(reasonOf(error));
