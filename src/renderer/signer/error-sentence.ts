import type { TFunction } from 'i18next';
import type { ErrorCode, OssError } from '../../contract/errors.ts';

/** The few failures that a signer can do something about; the rest is for the person in front of them. */
const SENTENCES = Object.freeze({
  OSS_OTP_REFUSED: 'error.refused',
  OSS_OTP_TOO_SOON: 'error.tooSoon',
  OSS_OTP_LIMIT: 'error.limit',
  OSS_OTP_DELIVERY_FAILED: 'error.delivery',
  OSS_SERVICE_UNREACHABLE: 'error.unreachable',
  OSS_SERVICE_TIMEOUT: 'error.unreachable',
  OSS_CREDENTIALS_INVALID: 'giveBack.wrong',
  OSS_RATE_LIMITED: 'error.wait',
} as const satisfies Partial<Record<ErrorCode, string>>);

const isKnown = (code: ErrorCode): code is keyof typeof SENTENCES => Object.hasOwn(SENTENCES, code);

export function sentenceFor({ code, details }: OssError, t: TFunction<'signer'>): string {
  return isKnown(code) ? t(SENTENCES[code], { seconds: details.seconds ?? 60 }) : t('error.other');
}
