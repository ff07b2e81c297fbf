import { useTranslation } from 'react-i18next';
import type english from '../../../resources/locales/en/signer.json';
import type { ErrorCode, OssError } from '../../contract/errors.ts';
import type { Channel } from '../../contract/model/channel.ts';
import { useCeremony } from './ceremony.ts';

/** The few failures that a signer can do something about; the rest is for the person in front of them. */
const SENTENCES = Object.freeze({
  OSS_OTP_TOO_SOON: 'error.tooSoon',
  OSS_OTP_LIMIT: 'error.limit',
  OSS_SERVICE_UNREACHABLE: 'error.unreachable',
  OSS_SERVICE_TIMEOUT: 'error.unreachable',
  OSS_CREDENTIALS_INVALID: 'giveBack.wrong',
  OSS_RATE_LIMITED: 'error.wait',
} as const satisfies Partial<Record<ErrorCode, string>>);

const isKnown = (code: ErrorCode): code is keyof typeof SENTENCES => Object.hasOwn(SENTENCES, code);

/** Those about the code itself name the way by which it comes. */
const OF_CODE = Object.freeze({
  OSS_OTP_REFUSED: 'refused',
  OSS_OTP_DELIVERY_FAILED: 'notSent',
} as const satisfies Partial<Record<ErrorCode, keyof (typeof english)['channel'][Channel]>>);

const isOfCode = (code: ErrorCode): code is keyof typeof OF_CODE => Object.hasOwn(OF_CODE, code);

/** What a failure says to this signer. */
export function useErrorSentence(): (error: OssError) => string {
  const { t } = useTranslation('signer');
  const channel = useCeremony(({ view }) => view.channel);
  return ({ code, details }) => {
    if (isOfCode(code)) return t(`channel.${channel}.${OF_CODE[code]}`);
    return isKnown(code) ? t(SENTENCES[code], { seconds: details.seconds ?? 60 }) : t('error.other');
  };
}
