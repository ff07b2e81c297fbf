import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Consent } from '../../../contract/ipc/ceremony.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useCeremony } from '../ceremony.ts';
import { CertificateHelp } from '../certificate-help.tsx';
import { DeclineButton } from '../decline-button.tsx';
import styles from '../screen.module.css';
import { Screen } from '../screen.tsx';
import { WrongNumber } from '../wrong-number.tsx';

/** Two ticks, none set beforehand; then the code is sent. */
export function AgreementScreen() {
  const { t } = useTranslation('signer');
  const { consents, maskedPhone } = useCeremony(({ view }) => view);
  const act = useCeremony((ceremony) => ceremony.act);
  const working = useCeremony((ceremony) => ceremony.working);
  const workingLong = useCeremony((ceremony) => ceremony.workingLong);
  const stopWaiting = useCeremony((ceremony) => ceremony.stopWaiting);
  const [ticked, setTicked] = useState<readonly Consent[]>([]);
  const [isReminded, setReminded] = useState(false);
  const agree = () => {
    if (ticked.length < consents.length) return setReminded(true);
    void act((api) => api.agree({ consents: [...ticked] }));
  };
  return (
    <Screen
      title={t('agreement.title')}
      actions={
        <>
          <DeclineButton />
          <Button kind="primary" size="large" isDisabled={working} onPress={agree}>
            {working ? t('agreement.sending') : t('agreement.agree')}
          </Button>
        </>
      }
    >
      <p>{t('agreement.text')}</p>
      <div className={styles.choices}>
        {consents.map(({ purpose, text }) => (
          <Checkbox
            key={purpose}
            isSelected={ticked.includes(purpose)}
            onChange={(isTicked) =>
              setTicked(isTicked ? [...ticked, purpose] : ticked.filter((other) => other !== purpose))
            }
          >
            {text}
          </Checkbox>
        ))}
      </div>
      <CertificateHelp />
      <p role="status">{isReminded && ticked.length < consents.length ? t('agreement.tickBoth') : ''}</p>
      <p className={styles.row}>
        {t('agreement.phone', { phone: maskedPhone })} <WrongNumber />
      </p>
      {workingLong && (
        <Notice kind="warn">
          {t('wait.long')}{' '}
          <Button kind="quiet" onPress={stopWaiting}>
            {t('wait.stop')}
          </Button>
        </Notice>
      )}
      <p className={styles.flush}>
        <Button kind="quiet" onPress={() => void act((api) => api.readAgain())}>
          {t('agreement.readAgain')}
        </Button>
      </p>
    </Screen>
  );
}
