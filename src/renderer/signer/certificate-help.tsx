import { useTranslation } from 'react-i18next';
import styles from './screen.module.css';

/** What signs, in three sentences, for who asks. */
export function CertificateHelp() {
  const { t } = useTranslation('signer');
  return (
    <details className={styles.help}>
      <summary>{t('certificate.question')}</summary>
      <p>{t('certificate.answer')}</p>
    </details>
  );
}
