import type { TFunction } from 'i18next';
import type { ErrorCode, OssError } from '../../contract/errors.ts';

/** Failures that the administrator can do something about. */
const SENTENCES = Object.freeze({
  OSS_ADMIN_PASSWORD_WRONG: 'error.wrongPassword',
  OSS_CREDENTIALS_INVALID: 'error.wrongPassphrase',
  OSS_RATE_LIMITED: 'error.wait',
  OSS_ADMIN_LOCKED: 'error.locked',
  OSS_SECRETS_LOCKED: 'error.secretsLocked',
  OSS_CERTIFICATE_FILE_PASSWORD: 'error.filePassword',
  OSS_CERTIFICATE_FILE_INVALID: 'error.fileInvalid',
  OSS_CERTIFICATE_FILE_NO_KEY: 'error.fileNoKey',
  OSS_CERTIFICATE_FILE_EXPIRED: 'error.fileExpired',
  OSS_PAYLOAD_TOO_LARGE: 'error.fileInvalid',
  OSS_TRANSACTIONS_OPEN: 'error.transactionsOpen',
  OSS_SETTING_LOCKED: 'locked',
  OSS_LOGO_INVALID: 'error.logo',
  OSS_FILE_NOT_FOUND: 'error.file',
  OSS_FILE_WRITE_FAILED: 'error.file',
  OSS_REQUEST_INVALID: 'error.invalid',
  OSS_CONFIG_INVALID: 'error.invalid',
  OSS_SERVICE_UNREACHABLE: 'error.service',
  OSS_SERVICE_TIMEOUT: 'error.service',
} as const satisfies Partial<Record<ErrorCode, string>>);

const isKnown = (code: ErrorCode): code is keyof typeof SENTENCES => Object.hasOwn(SENTENCES, code);

export function sentenceFor({ code, details }: OssError, t: TFunction<'admin'>, language: string): string {
  if (!isKnown(code)) return t('error.other', { code });
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long' });
  const dateOf = (value: unknown): string => (typeof value === 'string' ? date.format(new Date(value)) : '');
  const [from, to] = [dateOf(details.notBefore), dateOf(details.notAfter)];
  return t(SENTENCES[code], { seconds: Number(details.seconds ?? 0), from, to });
}
