import { useTranslation } from 'react-i18next';
import type { ErrorCode, OssError } from '../../contract/errors.ts';
import { LANGUAGES, type Language } from '../../contract/model/language.ts';
import { glyphRefusal } from '../../contract/model/name-refusals.ts';
import { type ErrorText, errorTexts } from '../i18n/error-texts.ts';
import { Notice } from '../ui/notice.tsx';

export const languageOf = (code: string): Language => LANGUAGES.find((known) => known === code) ?? 'en';

/** In the language of the window. */
export function useErrorText(code: ErrorCode): ErrorText {
  const { i18n } = useTranslation();
  return errorTexts[languageOf(i18n.language)][code];
}

interface ErrorNoticeProps {
  readonly error: OssError;
  readonly kind?: 'bad' | 'warn';
}

/** What went wrong and what to do next; why, in the words of the program, only for who looks for it. */
export function ErrorNotice({ error, kind = 'bad' }: ErrorNoticeProps) {
  const { t } = useTranslation('verify');
  const { message, action } = useErrorText(error.code);
  const { i18n } = useTranslation();
  const { reason } = error.details;
  const glyph = glyphRefusal(error.details, languageOf(i18n.language));
  return (
    <Notice kind={kind} title={message}>
      {glyph ?? action}
      {reason !== undefined && (
        <details>
          <summary>{t('detail')}</summary>
          {String(reason)}
        </details>
      )}
    </Notice>
  );
}
