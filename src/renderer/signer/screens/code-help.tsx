import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { CallClerk } from '../call-clerk.tsx';
import { useCeremony } from '../ceremony.ts';
import styles from '../screen.module.css';

/** No code came: what to look at, and who can help. A new code and a wrong number have their buttons beside it. */
export function CodeHelp() {
  const { t } = useTranslation('signer');
  const { maskedPhone, sharedScreen } = useCeremony(({ view }) => view);
  const [isOpen, setOpen] = useState(false);
  return (
    <section className={styles.choices}>
      <p className={styles.flush}>
        <Button kind="quiet" icon="question" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          {t('code.notReceived')}
        </Button>
      </p>
      {isOpen && (
        <>
          <ul className={styles.bulleted}>
            <li>{t('code.help.wait')}</li>
            {maskedPhone !== '' && <li>{t('code.help.phone', { phone: maskedPhone })}</li>}
            <li>{t('code.help.again')}</li>
            {sharedScreen && <li>{t('code.help.ask')}</li>}
          </ul>
          <p className={styles.row}>
            <CallClerk kind="secondary" />
          </p>
        </>
      )}
    </section>
  );
}
