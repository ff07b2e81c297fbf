import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CONSENTS, type Consent } from '../../../contract/ipc/ceremony.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { useCeremony } from '../ceremony.ts';
import { DeclineButton } from '../decline-button.tsx';
import styles from '../screen.module.css';
import { Screen } from '../screen.tsx';
import { WrongNumber } from '../wrong-number.tsx';

/** Two ticks, none set beforehand; then the code is sent. */
export function AgreementScreen() {
  const { t } = useTranslation('signer');
  const { documents, maskedPhone } = useCeremony(({ view }) => view);
  const act = useCeremony((ceremony) => ceremony.act);
  const working = useCeremony((ceremony) => ceremony.working);
  const [ticked, setTicked] = useState<readonly Consent[]>([]);
  const [isReminded, setReminded] = useState(false);
  const count = documents.filter(({ kind }) => kind === 'document').length;
  const agree = () => {
    if (ticked.length < CONSENTS.length) return setReminded(true);
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
        {CONSENTS.map((consent) => (
          <Checkbox
            key={consent}
            isSelected={ticked.includes(consent)}
            onChange={(isTicked) =>
              setTicked(isTicked ? [...ticked, consent] : ticked.filter((other) => other !== consent))
            }
          >
            {consent === 'certificate' ? t('agreement.certificate') : t('agreement.documents', { count })}
          </Checkbox>
        ))}
      </div>
      <p role="status">{isReminded && ticked.length < CONSENTS.length ? t('agreement.tickBoth') : ''}</p>
      <p className={styles.row}>
        {t('agreement.phone', { phone: maskedPhone })} <WrongNumber />
      </p>
      <p className={styles.flush}>
        <Button kind="quiet" onPress={() => void act((api) => api.readAgain())}>
          {t('agreement.readAgain')}
        </Button>
      </p>
    </Screen>
  );
}
