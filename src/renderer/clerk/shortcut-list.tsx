import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/dialog.tsx';
import styles from './panel.module.css';
import { SHORTCUTS, shortcutNames } from './shortcuts.ts';

/** Every key that works from everywhere, and what it does. */
export function ShortcutList({ close }: { readonly close: () => void }) {
  const { t } = useTranslation('clerk');
  return (
    <Dialog isOpen title={t('shortcuts.title')} confirm={t('shortcuts.close')} onConfirm={close}>
      <dl className={styles.facts}>
        {shortcutNames.map((name) => (
          <div key={name} className={styles.shortcut}>
            <dt>
              <kbd>Ctrl</kbd> + <kbd>{SHORTCUTS[name].toUpperCase()}</kbd>
            </dt>
            <dd>{t(`shortcuts.${name}`)}</dd>
          </div>
        ))}
        <div className={styles.shortcut}>
          <dt>
            <kbd>Enter</kbd>
          </dt>
          <dd>{t('shortcuts.enter')}</dd>
        </div>
        <div className={styles.shortcut}>
          <dt>
            <kbd>?</kbd>
          </dt>
          <dd>{t('shortcuts.list')}</dd>
        </div>
      </dl>
    </Dialog>
  );
}
