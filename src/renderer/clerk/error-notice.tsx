import { useTranslation } from 'react-i18next';
import type { ErrorCode, OssError } from '../../contract/errors.ts';
import { LANGUAGES } from '../../contract/model/language.ts';
import { type ErrorText, errorTexts } from '../i18n/error-texts.ts';
import { Notice } from '../ui/notice.tsx';

/** In the language of the window. */
export function useErrorText(code: ErrorCode): ErrorText {
  const { i18n } = useTranslation();
  const language = LANGUAGES.find((known) => known === i18n.language) ?? 'en';
  return errorTexts[language][code];
}

interface ErrorNoticeProps {
  readonly error: OssError;
  readonly kind?: 'bad' | 'warn';
}

/** What went wrong and what to do next; why, in the words of the program, only for who looks for it. */
export function ErrorNotice({ error, kind = 'bad' }: ErrorNoticeProps) {
  const { t } = useTranslation('verify');
  const { message, action } = useErrorText(error.code);
  const { reason } = error.details;
  return (
    <Notice kind={kind} title={message}>
      {action}
      {reason !== undefined && (
        <details>
          <summary>{t('detail')}</summary>
          {String(reason)}
        </details>
      )}
    </Notice>
  );
}
