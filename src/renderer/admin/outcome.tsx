import { useTranslation } from 'react-i18next';
import { Notice } from '../ui/notice.tsx';
import { useAdmin } from './admin.ts';
import { sentenceFor } from './error-sentence.ts';

/** What the last act led to, in words. */
export function Outcome() {
  const { t, i18n } = useTranslation('admin');
  const error = useAdmin((admin) => admin.error);
  const done = useAdmin((admin) => admin.done);
  if (error) return <Notice kind="bad">{sentenceFor(error, t, i18n.language)}</Notice>;
  return done === undefined ? null : <Notice kind="good">{done}</Notice>;
}
