import { useLayoutEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/dialog.tsx';
import { useDesk } from './desk.ts';
import styles from './panel.module.css';

/** Keys with Ctrl, so that no letter that is typed into a field does anything else (WCAG 2.1.4). */
const KEYS = Object.freeze({ newCustomer: 'm', add: 'o', verify: 'k' } as const);
type Action = keyof typeof KEYS;

const isTyping = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;

/** What can be done by a key from everywhere, and `?` that lists it. */
export function Shortcuts() {
  const { t } = useTranslation('clerk');
  const [isListed, setListed] = useState(false);
  const newCustomer = useDesk((desk) => desk.newCustomer);
  const choose = useDesk((desk) => desk.choose);
  const go = useDesk((desk) => desk.go);
  const place = useDesk((desk) => desk.place.kind);
  // In the same step as the window appears: a key that is pressed at once is not lost.
  useLayoutEffect(() => {
    const actions: Record<Action, () => void> = {
      newCustomer: () => void newCustomer(),
      add: () => {
        if (place !== 'documents') go({ kind: 'documents' });
        void choose();
      },
      verify: () => go({ kind: 'verify' }),
    };
    const onKey = (event: KeyboardEvent) => {
      if (document.querySelector('[role="alertdialog"]')) return;
      if (event.key === '?' && !isTyping(event)) return setListed(true);
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      const action = (Object.keys(KEYS) as Action[]).find((name) => KEYS[name] === event.key.toLowerCase());
      if (!action) return;
      event.preventDefault();
      actions[action]();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [newCustomer, choose, go, place]);
  return (
    <Dialog
      isOpen={isListed}
      title={t('shortcuts.title')}
      confirm={t('shortcuts.close')}
      onConfirm={() => setListed(false)}
    >
      <dl className={styles.facts}>
        {(Object.keys(KEYS) as Action[]).map((name) => (
          <div key={name} className={styles.shortcut}>
            <dt>
              <kbd>Ctrl</kbd> + <kbd>{KEYS[name].toUpperCase()}</kbd>
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
