import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';
import styles from './notice.module.css';

/** On every screen of a sandbox, so that nobody takes a trial signature for a real one. */
export function SandboxBanner() {
  const { t } = useTranslation('common');
  return (
    <aside className={styles.sandbox} aria-label={t('sandbox.label')}>
      <Icon name="warning" />
      {t('sandbox.text')}
    </aside>
  );
}
