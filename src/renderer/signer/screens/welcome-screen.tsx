import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useCeremony } from '../ceremony.ts';
import { DeclineButton } from '../decline-button.tsx';
import styles from '../screen.module.css';
import { Screen } from '../screen.tsx';

export function WelcomeScreen() {
  const { t } = useTranslation('signer');
  const { signer, organisation, documents, maskedPhone } = useCeremony(({ view }) => view);
  const act = useCeremony((ceremony) => ceremony.act);
  const count = documents.filter(({ kind }) => kind === 'document').length;
  return (
    <Screen
      title={t('welcome.greeting', { name: signer })}
      actions={
        <>
          <DeclineButton />
          <Button kind="primary" size="large" onPress={() => void act((api) => api.begin())}>
            {t('welcome.begin')}
          </Button>
        </>
      }
    >
      <p className={styles.lead}>{t('welcome.purpose', { count, organisation })}</p>
      <Notice kind="info">{t('welcome.notYou')}</Notice>
      <p>{t('welcome.how')}</p>
      <ol className={styles.numbered}>
        <li>{t('welcome.read')}</li>
        <li>{t('welcome.agree')}</li>
        <li>
          {maskedPhone === '' ? t('welcome.codeOfProvider') : t('welcome.code', { phone: maskedPhone })}
        </li>
      </ol>
      <p className={styles.quiet}>{t('welcome.privacy')}</p>
    </Screen>
  );
}
