import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCeremony } from '../ceremony.ts';
import styles from '../screen.module.css';

/** A sandbox on a turned screen: the clerk's window, which would show the simulated SMS, lies behind this one. */
export function SimulatedSms() {
  const { t } = useTranslation('signer');
  const { sandbox, sharedScreen, reference } = useCeremony(({ view }) => view);
  const readSms = useCeremony((ceremony) => ceremony.readSms);
  const [text, setText] = useState<string>();
  const isShown = sandbox && sharedScreen;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another reference comes with another SMS
  useEffect(() => {
    if (!isShown) return;
    let isCurrent = true;
    const look = async () => {
      const sms = await readSms();
      if (isCurrent) setText(sms);
    };
    void look();
    const timer = setInterval(() => void look(), 2000);
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [isShown, readSms, reference]);
  if (!isShown) return null;
  return (
    <section className={styles.reference} aria-label={t('sms.title')}>
      <strong>{t('sms.title')}</strong>
      <span className={styles.quiet}>{t('sms.text')}</span>
      <p className={styles.sms} role="status">
        {text ?? t('sms.none')}
      </p>
    </section>
  );
}
