import { useTranslation } from 'react-i18next';
import type { ErrorCode, ErrorText, OssError } from '../../contract/errors.ts';
import { languageOf } from '../../contract/model/languages.ts';
import { errorsTexts } from '../../texts/errors.ts';
import { glyphRefusal } from '../../texts/field-refusals.ts';
import { Notice } from '../ui/notice.tsx';

/** In the language of the window. */
export function useErrorText(code: ErrorCode): ErrorText {
  const { i18n } = useTranslation();
  return errorsTexts[languageOf(i18n.language)][code];
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
